/**
 * A process that owns an embedded database, for tests that kill it: prints the address, then waits for its end.
 *   node --import ./tools/typescript.mjs test/harness/embedded-owner.ts <data folder> <mongod>
 */
import { startEmbedded } from '../../src/store/embedded/index.ts';

const [dataDir = '', binary = ''] = process.argv.slice(2);
const quiet = () => undefined;
const embedded = await startEmbedded({ dataDir, binary, log: { warn: quiet, error: quiet } });
process.on('SIGTERM', () => embedded.stop());
process.stdout.write(`${embedded.uri}\n`);
setInterval(() => undefined, 60_000).unref();
await new Promise((resolve) => process.once('SIGTERM', resolve));
