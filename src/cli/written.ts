import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CommandProblem } from './problem.ts';

/** Writes a file somebody asked for, with its folder; what the system refuses is a sentence that names the file. */
export const written = async (file: string, content: Buffer | string): Promise<void> => {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  } catch (error) {
    throw new CommandProblem(`${file} cannot be written: ${(error as NodeJS.ErrnoException).code}.`);
  }
};
