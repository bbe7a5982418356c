import { mkdir, open, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CommandProblem } from './problem.ts';

/** Writes the whole of what goes into the file; called once. */
type Put = (pieces: AsyncIterable<string> | Iterable<string>) => Promise<void>;

const WHY: Readonly<Record<string, string>> = { EEXIST: 'it is there already' };

/** Only the one who asked for it may read it, and nothing is written over. */
const opened = async (file: string) => {
  try {
    await mkdir(dirname(file), { recursive: true });
    return await open(file, 'wx', 0o600);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new CommandProblem(`${file} cannot be written: ${WHY[code] ?? code}.`);
  }
};

/**
 * A file for whoever asked for it, which may hold personal data. It is opened before the work begins, so that nothing is done for a file
 * that cannot be; what could not be written whole is not left there.
 */
export const intoPrivateFile = async <T>(file: string, work: (put: Put) => Promise<T>): Promise<T> => {
  const handle = await opened(file);
  try {
    return await work((pieces) => writeFile(handle, pieces));
  } catch (error) {
    await unlink(file);
    throw error;
  } finally {
    await handle.close();
  }
};
