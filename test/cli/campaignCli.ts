import { CATALOGUES } from '../../locales/index.ts';
import { campaignCommand } from '../../src/cli/campaign/index.ts';
import type { CliParts, RunWith } from '../../src/cli/parts.ts';
import { gazetteer } from '../harness/talk.ts';
import type { Broadcast } from '../services/campaigns/broadcast.ts';

const partsOf = ({ office }: Broadcast): CliParts => ({
  training: false,
  database: office.store.database,
  sealer: office.store.sealer,
  index: office.parts.index,
  gazetteer,
  home: '12',
  hasSentence: (key) => key in CATALOGUES.vi,
  now: office.now,
});

/** What `khaibao campaign …` prints. */
export const campaignCli = async (world: Broadcast, args: readonly string[]): Promise<string> => {
  let printed = '';
  const run: RunWith = async (work) => {
    printed = await work(partsOf(world));
  };
  const command = campaignCommand(run).exitOverride();
  for (const sub of command.commands) sub.exitOverride().configureOutput({ writeErr: () => undefined });
  await command.parseAsync([...args], { from: 'user' });
  return printed;
};
