import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import { CAMPAIGN_ACTS, type CampaignAct } from '../../domain/campaign/states.ts';
import { actOnCampaign, makeCampaign } from '../../services/campaigns/act.ts';
import { cardLines } from '../../services/campaigns/card.ts';
import { addList } from '../../services/campaigns/list.ts';
import { readPhoneList } from '../../services/campaigns/phoneList.ts';
import { recentCampaigns } from '../../services/campaigns/record.ts';
import { reportOf, unreachedCsv } from '../../services/campaigns/report.ts';
import { settleCampaigns } from '../../services/campaigns/run.ts';
import { writeEffects } from '../../services/staff/write.ts';
import { insert } from '../../store/effect.ts';
import type { CliParts, RunWith } from '../parts.ts';
import { CommandProblem } from '../problem.ts';
import { writeTime } from '../read.ts';
import { table } from '../table.ts';
import { actorBy, campaignBy, staffParts, written } from './parts.ts';
import { KIND_NAMES, type NewGiven, planOf, problemsOf } from './plan.ts';
import { watchCampaign } from './watch.ts';

/** Rows of a list that were not taken, each with its reason; a longer list of them is a wrong file. */
const SHOWN = 50;
const LISTED = 50;

const readList = async (path: string) => {
  const bytes = await readFile(path).catch(() => {
    throw new CommandProblem(`The file ${path} cannot be read.`);
  });
  const { accepted, rejected } = await readPhoneList({ name: basename(path), bytes });
  const reasons = rejected.slice(0, SHOWN).map(({ row, reason }) => `Row ${row} was not taken: ${reason}.`);
  const more = rejected.length > SHOWN ? [`… and ${rejected.length - SHOWN} more.`] : [];
  const sums = `${accepted.length} of ${accepted.length + rejected.length} numbers taken.`;
  return { phones: accepted.map(({ phone }) => phone), said: [...reasons, ...more, sums] };
};

const show = async (parts: CliParts, id: string): Promise<string> => {
  const staff = await staffParts(parts);
  return written(parts, await cardLines(staff, await campaignBy(staff, id), parts.now));
};

const makeNew = async (parts: CliParts, given: NewGiven): Promise<string> => {
  const staff = await staffParts(parts);
  const made = makeCampaign(staff, planOf(given, parts), await actorBy(parts, staff, given.by), parts.now);
  if (made.is === 'problems') throw problemsOf(made.problems);
  if (made.is === 'notAllowed') throw refused('notAllowed', given.by);
  if ((given.to === 'list') !== (given.list !== undefined))
    throw new CommandProblem('A list of numbers (--list) goes with --to list.');
  const list = given.list === undefined ? { phones: [], said: [] } : await readList(given.list);
  const { _id: id } = made.document;
  await addList(staff, id, list.phones, parts.now);
  await writeEffects(parts.database)([insert('campaigns', made.document)]);
  return [...list.said, await show(parts, id), `Next: khaibao campaign submit ${id} --by ${given.by}`].join(
    '\n',
  );
};

const WHY: Readonly<Record<string, string>> = {
  notAllowed: 'Campaigns are for leaders and administrators of the province: {by} is none.',
  own: 'Somebody else has to approve a campaign that {by} wrote.',
  notNow: 'That cannot be done to the campaign now.',
  tooLate: 'Its first day has passed: write it anew with another one.',
  stale: 'Somebody changed the campaign in this moment: look at it again.',
};

const refused = (why: string, by: string): CommandProblem =>
  new CommandProblem((WHY[why] ?? why).replace('{by}', by));

const act = async (
  parts: CliParts,
  what: CampaignAct,
  id: string,
  { by }: { by: string },
): Promise<string> => {
  const staff = await staffParts(parts);
  const { _id } = (await campaignBy(staff, id)).doc;
  const result = await actOnCampaign(staff, _id, what, await actorBy(parts, staff, by), parts.now);
  if (result.is !== 'done') throw refused(result.is, by);
  if (!(await writeEffects(parts.database)(result.effects))) throw refused('stale', by);
  await settleCampaigns(staff, parts.now);
  const { first } = result.campaign.doc;
  const begins = what === 'approve' && first !== undefined ? ` It begins on ${first}.` : '';
  return `${_id} is ${result.campaign.doc.state}.${begins}`;
};

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
  const campaign = await campaignBy(staff, id);
  if (campaign.doc.closedAt === undefined)
    throw new CommandProblem(`${campaign.doc._id} is not over: who was not reached is known at its end.`);
  const name = (area: string): string => {
    const code = area.split('/').at(-1) ?? '';
    return parts.gazetteer.get(code) === undefined ? '' : parts.gazetteer.name(code, 'vi', 'full');
  };
  const csv = unreachedCsv(await reportOf(staff, campaign), name);
  if (out === undefined) return csv;
  await writeFile(out, `\uFEFF${csv}\r\n`); // a spreadsheet knows UTF-8 by the mark alone
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
    .option('--plate <plate>', 'with --to vehicles: of these only; may be repeated', listOption)
    .option('--list <file>', 'with --to list: phone numbers')
    .option('--channels <names>', 'in the order they are tried')
    .option('--from <day>', 'the first day; the first that can still begin without it')
    .option('--days <n>', 'consecutive days, 5 without it')
    .option('--hours <hours>', 'in Vietnam, 08:00-20:00 without it')
    .option('--accented', 'an SMS keeps its marks: about twice the segments')
    .option('--price <vnd>', 'what a segment of an SMS costs')
    .action((given: NewGiven) => run((parts) => makeNew(parts, given)));
};

/** `khaibao campaign new|list|show|submit|approve|reject|pause|resume|stop|watch|unreached` */
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
      .action((id: string, given: { by: string }) => run((parts) => act(parts, what, id, given)));
  campaign
    .command('watch <id>')
    .description('follow the day under way, with a bar')
    .action((id: string) => run((parts) => watchCampaign(parts, id.toUpperCase())));
  campaign
    .command('unreached <id>')
    .description('who was not reached by commune and reason, as CSV, when it is over')
    .option('--out <file>', 'write it to a file')
    .action((id: string, given: { out?: string }) => run((parts) => unreached(parts, id, given)));
  return campaign;
};
