/**
 * A command of khaibao as a process of its own, from source: what `tools/run.mjs` does after its set-up.
 *   node --import ./tools/typescript.mjs test/harness/khaibao.ts <command> [arguments]
 */
import { run } from '../../src/cli.ts';

await run(process.argv.slice(2));
