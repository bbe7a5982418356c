// Jest cannot `require` an ES module before Node 24.9, and jwks-rsa (inside the Agents SDK) requires jose, which is
// nothing else. Node itself can since 20.19: this asks Node's own loader, past Jest's.
const { createRequire } = process.getBuiltinModule('node:module');
module.exports = createRequire(__filename)('jose');
