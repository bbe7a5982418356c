/** `node tools/run.mjs <command> [arguments]`: a command of khaibao, after its set-up and in this same process. */
import { afterSetUp } from './setup.mjs';

await afterSetUp({ build: true, mongodb: true }, async () => {
  /** @type {{ run(args: string[]): Promise<void> }} */
  const cli = await import(new URL('../dist/src/cli.js', import.meta.url).href);
  await cli.run(process.argv.slice(2));
});
