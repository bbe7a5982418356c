import { line } from '../../dialogue/say.ts';
import { mayCampaign } from '../../domain/campaign/states.ts';
import { type Missed, missedPeople, noteTaken } from '../../services/campaigns/missed.ts';
import { CSV_END, CSV_MARK, csvLine } from '../../services/tables/csvLine.ts';
import type { CliParts } from '../parts.ts';
import { intoPrivateFile } from '../privateFile.ts';
import { staffParts } from '../staffParts.ts';
import { actorBy, areaNamer, endedBy, sentences } from './parts.ts';
import { refused } from './refused.ts';

/** As it is dialled in Vietnam and read aloud; with its gaps a spreadsheet leaves it the text it is. */
const dialled = (phone: string): string =>
  phone.replace(
    /^\+84(\d+)(\d{3})(\d{3})$/,
    (_, first: string, ...rest) => `0${first} ${rest[0]} ${rest[1]}`,
  );

/** Those who call read Vietnamese. */
const HEAD = csvLine(['xã, phường', 'họ tên', 'điện thoại', 'lý do']);

const lineBy = (parts: CliParts) => {
  const [placeName, say] = [areaNamer(parts), sentences(parts, 'vi')];
  return ({ area, name, phone, why }: Missed): string =>
    csvLine([placeName(area), name, dialled(phone), say(line(`campaign.why.${why}`))]);
};

/**
 * Names and numbers of those a campaign did not reach, for whoever calls them. Noted with who took them out and when,
 * before they have them; a workbook would hold half a million rows at once, so it is a CSV.
 */
export const callList = async (
  parts: CliParts,
  id: string,
  { out, by }: { readonly out: string; readonly by: string },
): Promise<string> => {
  const staff = await staffParts(parts);
  const actor = await actorBy(parts, staff, by);
  if (!mayCampaign(actor, parts.home)) throw refused('notAllowed', by);
  const campaign = await endedBy(staff, id);
  const lineOf = lineBy(parts);
  let [all, mute] = [0, 0];
  async function* pieces() {
    yield `${CSV_MARK}${HEAD}${CSV_END}`;
    for await (const some of missedPeople(staff, campaign)) {
      all += some.length;
      mute += some.filter(({ phone }) => phone === '').length;
      yield some.map((one) => `${lineOf(one)}${CSV_END}`).join('');
    }
  }
  await intoPrivateFile(out, async (put) => {
    await noteTaken(staff, campaign, actor.id, parts.now);
    await put(pieces());
  });
  return [
    `${all} not reached, ${mute} of them without a known number: written to ${out}.`,
    'It holds names and telephone numbers: only you can read the file, and that you took it out is noted; delete it when they are called.',
  ].join('\n');
};
