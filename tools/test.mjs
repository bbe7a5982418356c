/** `npm test [-- what jest takes]`: all tests, after the set-up. */
import { join } from 'node:path';
import { ROOT } from './root.mjs';
import { afterSetUp } from './setup.mjs';
import { show } from './show.mjs';

/** Jest runs ES modules in a VM of its own, which Node still calls experimental, on every run. */
const NODE = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

// Tests make and drop databases: never on a server that somebody uses.
delete process.env.MONGODB_URI;

// Something that a failed test left open must not keep a finished run from ending: hence --forceExit.
await afterSetUp({ build: true, mongodb: true }, async () => {
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  process.exitCode = await show(process.execPath, [...NODE, jest, '--forceExit', ...process.argv.slice(2)]);
});
