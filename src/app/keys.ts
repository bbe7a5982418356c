import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateKeyRing, type KeyRing, parseKeyRing } from '../security/key-ring.ts';
import type { Settings } from '../settings.ts';

const readOr = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Keys for trying things out, kept beside the data they shut; readable by their owner only. */
const developmentKeys = async (dataDir: string): Promise<string> => {
  const file = join(dataDir, 'keys.json');
  const found = await readOr(file);
  if (found !== undefined) return found;
  await mkdir(dataDir, { recursive: true });
  const text = JSON.stringify(generateKeyRing());
  // 'wx': of two first starts at once only one may make the keys.
  const handle = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return undefined;
    throw error;
  });
  if (handle === undefined) return readFile(file, 'utf8');
  await handle.writeFile(text);
  await handle.sync();
  await handle.close();
  return text;
};

/** The key ring of the settings; outside production one is made in the data folder. */
export const keyRingOf = async ({ keys, dataDir }: Settings): Promise<KeyRing> =>
  parseKeyRing(keys ?? (await developmentKeys(dataDir)));
