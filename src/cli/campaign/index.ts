import { Command } from 'commander';
import { CAMPAIGN_ACTS, type CampaignAct } from '../../domain/campaign/states.ts';
import { recentCampaigns } from '../../services/campaigns/record.ts';
import { reportOf, unreachedCsv } from '../../services/campaigns/report.ts';
import { CSV_END, CSV_MARK } from '../../services/tables/csvLine.ts';
import type { CliParts, RunWith } from '../parts.ts';
import { writeTime } from '../read.ts';
import { staffParts } from '../staffParts.ts';
import { table } from '../table.ts';
import { written } from '../written.ts';
import { actOn } from './act.ts';
import { callList } from './callList.ts';
import { makeNew } from './new.ts';
import { areaNamer, endedBy, show } from './parts.ts';
import { KIND_NAMES, type NewGiven } from './plan.ts';
import { watchCampaign } from './watch.ts';

const LISTED = 50;

const list = async (parts: CliParts): Promise<string> => {
  const all = await recentCampaigns(await staffParts(parts), LISTED);
  if (all.length === 0) return 'There is no campaign.';
  const rows = all.map(({ doc, plan }) => [
    doc._id,
    doc.state,
    writeTime(doc.at.getTime()),
    plan.audience.kind,
    doc.first ?? '',
    String(plan.days),
    String(doc.total ?? ''),
  ]);
  return table(['id', 'state', 'written', 'to', 'first day', 'days', 'recipients'], rows);
};

const unreached = async (parts: CliParts, id: string, { out }: { out?: string }): Promise<string> => {
  const staff = await staffParts(parts);
  const csv = unreachedCsv(await reportOf(staff, await endedBy(staff, id)), areaNamer(parts));
  if (out === undefined) return csv;
  await written(out, `${CSV_MARK}${csv}${CSV_END}`);
  return `Written to ${out}.`;
};

const listOption = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

const ACT_WORDS: Readonly<Record<CampaignAct, string>> = {
  submit: 'ask a second person to approve it',
  approve: 'approve what somebody else wrote; it begins on its first day',
  reject: 'do not approve it',
  pause: 'send nothing of it until it goes on',
  resume: 'let a paused one go on',
  stop: 'end it for good',
};

const addNew = (campaign: Command, run: RunWith): void => {
  campaign
    .command('new')
    .description('write a campaign; nothing is sent before a second person approves it')
    .requiredOption('--text <text>', 'what it says, Vietnamese with its marks')
    .requiredOption('--by <staff>', 'who writes it: an id of `khaibao staff list`')
    .option('--to <audience>', KIND_NAMES, 'all')
    .option('--commune <place>', 'with --to communes: name or code; may be repeated', listOption)
    .option('--means <means>', 'with --to means; may be repeated', listOption)
    .option('--plate <plate>', 'with --to vehicles or operators: of these only; may be repeated', listOption)
    .option('--list <file>', 'with --to list: phone numbers')
    .option('--rejected <file>', 'with --list: write all rows that were not taken to a new file')
    .option('--channels <names>', 'in the order they are tried')
    .option('--from <day>', 'the first day; the first that can still begin without it')
    .option('--days <n>', 'consecutive days, 5 without it')
    .option('--hours <hours>', 'in Vietnam, 08:00-20:00 without it')
    .option('--accented', 'an SMS keeps its marks: about twice the segments')
    .option(
      '--price <vnd>',
      'what a segment of an SMS costs by your contract; without it the reference price',
    )
    .action((given: NewGiven) => run((parts) => makeNew(parts, given)));
};

/** `khaibao campaign new|list|show|submit|approve|reject|pause|resume|stop|watch|unreached|call-list` */
export const campaignCommand = (run: RunWith): Command => {
  const campaign = new Command('campaign').description('messages to many on several days');
  addNew(campaign, run);
  campaign
    .command('list')
    .description('the latest campaigns')
    .action(() => run(list));
  campaign
    .command('show <id>')
    .description('text, audience, count, cost and duration; or how far it is')
    .action((id: string) => run((parts) => show(parts, id)));
  for (const what of CAMPAIGN_ACTS)
    campaign
      .command(`${what} <id>`)
      .description(ACT_WORDS[what])
      .requiredOption('--by <staff>', 'who decides it: an id of `khaibao staff list`')
      .action((id: string, given: { by: string }) => run((parts) => actOn(parts, what, id, given)));
  campaign
    .command('watch <id>')
    .description('follow the day under way, with a bar')
    .action((id: string) => run((parts) => watchCampaign(parts, id.toUpperCase())));
  campaign
    .command('unreached <id>')
    .description('who was not reached by commune and reason, as CSV, when it is over')
    .option('--out <file>', 'write it to a file')
    .action((id: string, given: { out?: string }) => run((parts) => unreached(parts, id, given)));
  campaign
    .command('call-list <id>')
    .description(
      'names and numbers of those who were not reached, by commune, as CSV; noted with who took it out',
    )
    .requiredOption('--out <file>', 'a new file; only you can read it')
    .requiredOption('--by <staff>', 'who takes it out: an id of `khaibao staff list`')
    .action((id: string, given: { out: string; by: string }) => run((parts) => callList(parts, id, given)));
  return campaign;
};
