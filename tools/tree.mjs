/** Facts about files and folders. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The bytes under a folder; files that vanish while looking count nothing.
 * @param {string} dir
 */
export async function sizeOf(dir) {
  const files = await readdir(dir, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    files.map((file) =>
      stat(join(dir, file)).then(
        (s) => s.size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
