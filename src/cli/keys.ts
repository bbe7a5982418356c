import { Command } from 'commander';
import { generateKeyRing } from '../security/key-ring.ts';
import { withStore } from './withStore.ts';

const rotate = (): Promise<void> =>
  withStore(async ({ dataKeys }) => {
    await dataKeys.rotate();
    process.stdout.write(`Data key ${dataKeys.newest.id} writes from now on; the older ones still read.\n`);
  });

/** `khaibao keys new|rotate` */
export const keysCommand = (): Command => {
  const keys = new Command('keys').description('the keys that shut personal data');
  keys
    .command('new')
    .description('print a new key ring for KHAIBAO_KEYS; keep it outside the database, with a copy')
    .action(() => void process.stdout.write(`${JSON.stringify(generateKeyRing())}\n`));
  keys.command('rotate').description('begin a new data key').action(rotate);
  return keys;
};
