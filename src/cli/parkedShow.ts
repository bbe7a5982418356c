import { begunFor } from '../../flows/parts/about.ts';
import { shortIds } from '../domain/shortIds.ts';
import { SealError } from '../security/errors.ts';
import { openParked, type ParkedBody } from '../services/converse/park.ts';
import { type Known, type Reached, reachOf } from '../services/parked/reach.ts';
import { findParked, noteOpened, parkedIds } from '../services/parked/rows.ts';
import { sentOf } from '../services/parked/sent.ts';
import type { ParkedDoc } from '../store/parked.ts';
import { inBoth, refuse } from './bothLanguages.ts';
import { meantBy } from './parkedFind.ts';
import type { CliParts } from './parts.ts';
import { printable } from './printable.ts';
import { readBy, writeTime } from './read.ts';

const opened = async ({ sealer }: CliParts, doc: ParkedDoc, id: string): Promise<ParkedBody> => {
  try {
    return await openParked(sealer, doc);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    const key = error.code === 'seal.unknown-key' ? 'parked.shut' : 'parked.broken';
    return refuse({ key, values: { id } });
  }
};

/** Lines of a stranger's text are marked, so that none of them looks like one of ours. */
const labelled = (key: string, text: string): string =>
  `${inBoth({ key })}: ${text.replace(/\n/g, '\n  | ')}`;

const whoIs = ({ name, phone = inBoth({ key: 'parked.noPhone' }) }: Known): string => `${name}, ${phone}`;

/** How the person can be reached: the chat alone, when nobody is known. */
const reachLines = ({ staff, own, declared, begun }: Reached, channel: string): readonly string[] => {
  const lines = [
    ...(staff ? [labelled('parked.staff', whoIs(staff))] : []),
    ...(own ? [labelled('parked.own', whoIs(own))] : []),
    ...(declared ? [labelled('parked.declared', `${whoIs(declared)} (${writeTime(declared.at)})`)] : []),
    ...(begun ? [labelled('parked.begun', whoIs(begun))] : []),
  ];
  return lines.length > 0 ? lines : [inBoth({ key: 'parked.nobody', values: { channel } })];
};

const sentLines = ({ event, error }: ParkedBody, { code, stack }: ParkedDoc): readonly string[] => {
  const { kind, held } = sentOf(event);
  return [
    labelled(`parked.sent.${kind}`, held),
    labelled('parked.error', `${code}: ${error}`),
    ...stack.map((where) => `  ${where}`),
  ];
};

const deed =
  (key: string) =>
  (done: { readonly by: string; readonly at: Date }): string =>
    labelled(key, `${done.by} (${writeTime(done.at.getTime())})`);

const deeds = ({ opened: readings = [], answered = [], settledBy = '', settledAt }: ParkedDoc) => [
  ...readings.map(deed('parked.opened')),
  ...answered.map(deed('parked.answeredBy')),
  ...(settledAt ? [deed('parked.settledBy')({ by: settledBy, at: settledAt })] : []),
];

/** One parked message with all that helps to reach whoever sent it. That it was read is noted before it is shown. */
export const parkedShow = async (
  parts: CliParts,
  typed: string,
  given: { readonly by: string },
): Promise<string> => {
  const by = readBy(given.by);
  const { collections } = parts.database;
  const ids = await parkedIds(collections.parked);
  const id = meantBy(ids, typed);
  const name = shortIds(ids).get(id) ?? typed;
  const doc = await findParked(collections.parked, id);
  if (doc === null) return refuse({ key: 'parked.unknown', values: { id: typed } });
  const body = await opened(parts, doc, name);
  const reached = await reachOf({ collections, sealer: parts.sealer, begunFor }, doc.chat);
  if (!(await noteOpened(collections.parked, id, by, parts.now)))
    return refuse({ key: 'parked.unknown', values: { id: typed } });
  const lines = [
    `${name}  ${writeTime(doc.at.getTime())}  ${doc.channel}`,
    ...sentLines(body, doc),
    ...reachLines(reached, doc.channel),
    ...deeds(doc),
    ...(doc.settledAt
      ? []
      : ['parked.write', 'parked.next'].map((key) => inBoth({ key, values: { id: name } }))),
  ];
  return printable(lines.join('\n'));
};
