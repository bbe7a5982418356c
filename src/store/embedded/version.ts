import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DataFolder } from './folder.ts';
import { EmbeddedProblem } from './problem.ts';

/** The version a mongod binary says it is, e.g. 6.0.5. */
async function versionOf(binary: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(binary, ['--version']);
    const version = /db version v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
    if (version) return version;
    throw new Error('it names no version');
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0];
    throw new EmbeddedProblem('cannot_start', `The MongoDB server ${binary} does not run here (${reason}).`, {
      cause: error,
    });
  }
}

/**
 * Refuses files of another release series (6.0, 7.0, 8.0 …): MongoDB goes up one series at a time, after a command,
 * and never down. Within a series any step is fine. Files that are new are marked before they are made.
 */
export async function checkVersion(folder: DataFolder, binary: string): Promise<void> {
  const [ours, theirs] = [await versionOf(binary), await folder.version()];
  if (theirs !== undefined && series(theirs) !== series(ours)) throw mismatch(folder, theirs, ours);
  if (theirs !== ours) await folder.saveVersion(ours);
}

function series(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function mismatch(folder: DataFolder, theirs: string, ours: string): EmbeddedProblem {
  const ways = `set MONGOMS_SYSTEM_BINARY to a mongod ${series(theirs)}, or move the folder away to begin with an empty one`;
  return new EmbeddedProblem(
    'version_mismatch',
    `The data in ${folder.dataPath} was made by MongoDB ${theirs} and the server here is ${ours}: ${ways}.`,
  );
}
