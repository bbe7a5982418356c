/** `npm run format`: layout and import order, and what the linter can put right without a thought. */
import { join } from 'node:path';
import { ROOT } from './root.mjs';
import { afterSetUp } from './setup.mjs';
import { show } from './show.mjs';

await afterSetUp({}, async () => {
  const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  process.exitCode = await show(process.execPath, [biome, 'check', '--write', ...process.argv.slice(2)]);
});
