/**
 * Golden conversations: a text file with a header (flow, lang, world, turns), then what the person does (`> …`)
 * and what the bot answers to it, as it is read on a phone without buttons. `UPDATE_GOLDEN=1` writes them anew.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Event } from '../../src/dialogue/event.ts';
import type { Say } from '../../src/dialogue/say.ts';
import type { Json } from '../../src/domain/json.ts';
import { LANGS, type Lang } from '../../src/domain/lang.ts';
import { groupCode } from '../../src/domain/lookupCode.ts';
import { engineOf, Talk } from './talk.ts';
import { CARDS, LISTS, WORLDS } from './world.ts';

export interface Scenario {
  readonly name: string;
  readonly file: string;
  /** The file as it stands, to compare with. */
  readonly golden: string;
  readonly header: Readonly<Record<string, string>>;
  /** What stands before the first thing the person does, as it is written. */
  readonly head: string;
  readonly does: readonly string[];
}

export interface Replayed {
  readonly text: string;
  /** Every message of the bot, with its choices. */
  readonly messages: readonly string[];
  /** What the person sent: texts, presses, photos. */
  readonly turns: number;
  readonly ended: readonly string[];
}

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', 'scenarios');

const headerOf = (head: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...head.matchAll(/^([a-z]+): (.+)$/gm)].map(([, key, value]) => [key, value]));

const readScenario = (file: string): Scenario => {
  const golden = readFileSync(file, 'utf8');
  const lines = golden.split('\n');
  const first = lines.findIndex((text) => text.startsWith('> '));
  const head = lines
    .slice(0, first === -1 ? undefined : first)
    .join('\n')
    .trimEnd();
  const does = lines.filter((text) => text.startsWith('> ')).map((text) => text.slice(2));
  return { name: basename(file, '.txt'), file, golden, header: headerOf(head), head, does };
};

export const scenarios: readonly Scenario[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .map((name) => readScenario(join(FOLDER, name)));

const langOf = (header: Scenario['header']): Lang => LANGS.find((lang) => lang === header.lang) ?? 'vi';

const bytesOf = (size: string): { readonly bytes?: number } =>
  /MB$/.test(size) ? { bytes: Number.parseFloat(size) * 1024 * 1024 } : {};

/** `[press Đồng ý]` and its like: what people do beside typing. */
const ACTIONS: Readonly<Record<string, (talk: Talk, what: string) => unknown>> = {
  press: (talk, label) => talk.press(label),
  'press old': (talk, label) => talk.pressOld(label),
  /** Ids as a web form posts them, or as something forged would. */
  ids: (talk, ids) => talk.pick(...ids.split(' ')),
  photo: (talk, size) =>
    talk.send({
      type: 'photo',
      ref: 'made-up',
      ...bytesOf(size),
    }),
  file: (talk, size) => talk.send({ type: 'file', ref: 'made-up', name: 'so.csv', ...bytesOf(size) }),
  worked: (talk, what) => {
    const value = CARDS[what] ?? LISTS[what];
    return talk.worked(value === undefined ? { problem: { key: what } } : { value: value as Json });
  },
  contact: (talk, phone) => talk.send({ type: 'contact', phone, own: true }),
  'contact of somebody else': (talk, phone) => talk.send({ type: 'contact', phone, own: false }),
  location: (talk) => talk.send({ type: 'location', lat: 22.4, lon: 103.5 }),
  unsupported: (talk, what) => talk.send({ type: 'unsupported', what }),
  command: (talk, text) => {
    const [name = '', ...rest] = text.split(' ');
    return talk.send({ type: 'command', name, ...(rest.length > 0 ? { argument: rest.join(' ') } : {}) });
  },
  lang: (talk, lang) => talk.send({ type: 'choice', ids: [`/lang:${lang}`] }),
  parked: (talk) => talk.send({ type: 'parked' }),
  wait: (talk, time) => {
    const [, count = '0', unit = 's'] = /^(\d+)([sh])$/.exec(time) ?? [];
    talk.now += Number(count) * (unit === 'h' ? 3_600_000 : 1000);
  },
};

/** What moves the clock or the shell is not a turn of the person. */
const NO_TURN = /^\[(?:wait|worked|parked)\b/;

const NAMES = Object.keys(ACTIONS).sort((a, b) => b.length - a.length);

/** `\\n` is a line break; `(NFD)` before a text sends it as some phones do, letters and marks apart. */
const textOf = (done: string): string => {
  const text = done.replaceAll('\\n', '\n');
  return text.startsWith('(NFD) ') ? text.slice(6).normalize('NFD') : text;
};

const act = (talk: Talk, done: string, before: Event | undefined): void => {
  const inside = /^\[(.+)\]$/.exec(done)?.[1];
  if (inside === undefined) {
    talk.text(textOf(done));
    return;
  }
  if (inside === 'again' && before !== undefined) {
    talk.now -= 1000;
    talk.send(before);
    return;
  }
  const name = NAMES.find((each) => inside === each || inside.startsWith(`${each} `));
  if (name === undefined) throw new Error(`nobody knows how to do [${inside}]`);
  ACTIONS[name]?.(talk, inside.slice(name.length + 1));
};

/** Services that write are shown with what they are given: it is what the conversation was for. */
const WRITES = /^(?:submit|correct|record|withdraw|give|claim|close|link|unlink|start|end|answer)/;

const sayLines = (talk: Talk, say: Say): string => {
  const { image, file } = say;
  const drawn =
    image &&
    (image.kind === 'qr' ? `[QR ${groupCode(image.code)}]` : `[chart ${image.report}, ${image.area}]`);
  const attached =
    file && (file.kind === 'report' ? `[file ${file.report}, ${file.area}]` : `[file of rows not taken]`);
  return [talk.plain(say), drawn, attached].filter((part) => part !== undefined).join('\n');
};

const callLines = (talk: Talk, from: number): readonly string[] =>
  talk.calls
    .slice(from)
    .filter(({ name }) => WRITES.test(name))
    .map(({ name, args }) => `= ${name} ${JSON.stringify(args)}`);

/** Remembers what was sent, for `[again]`. */
class Recorder extends Talk {
  sent: Event | undefined;

  override send(event: Event): readonly Say[] {
    this.sent = event;
    return super.send(event);
  }
}

/** Plays the person's part and writes down what is answered. */
export const replay = ({ header, head, does }: Scenario): Replayed => {
  const world = WORLDS[header.world ?? 'newcomer'];
  if (world === undefined) throw new Error(`no world is called ${header.world}`);
  const talk = new Recorder(world, engineOf(), langOf(header));
  const messages: string[] = [];
  const blocks = does.map((done) => {
    const [said, called] = [talk.said.length, talk.calls.length];
    act(talk, done, talk.sent);
    const answers = talk.said.slice(said).map((say) => sayLines(talk, say));
    messages.push(...talk.said.slice(said).map((say) => talk.plain(say)));
    const silent = answers.length === 0 && !done.startsWith('[wait') ? ['(nothing)'] : [];
    return [`> ${done}`, ...callLines(talk, called), ...silent, answers.join('\n---\n')]
      .filter((text) => text !== '')
      .join('\n');
  });
  return {
    text: `${[head, ...blocks].join('\n\n')}\n`,
    messages,
    turns: does.filter((done) => !NO_TURN.test(done)).length,
    ended: talk.ended,
  };
};
