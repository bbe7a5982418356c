import { expect, test } from '@jest/globals';
import type { PersonEvent } from '../../../src/dialogue/event.ts';
import { Planner } from '../../../src/services/converse/planner.ts';
import type { Waiting } from '../../../src/services/converse/waiting.ts';
import { engineOf, NOW } from '../../harness/talk.ts';
import { WORLDS } from '../../harness/world.ts';

const services = Object.fromEntries(
  Object.entries(WORLDS.newcomer ?? {}).map(([name, service]) => [
    name,
    async (args: never, { memory }: { readonly memory: never }) => service(args, memory),
  ]),
);

const planner = () => {
  let now = NOW;
  const clock = () => (now += 5_000);
  const parts = { engine: engineOf(), services, echoes: new Set<string>(), clock };
  return new Planner({ ...parts, sealer: {}, log: {} } as never);
};

const conversation = {
  id: 'c',
  channel: 'toy',
  address: 'a',
  rev: 0,
  state: null,
  seen: [],
  touched: 0,
  forgetAt: 0,
};

/** What goes out for the last of these events, each with the message it was pressed on, where it was a press. */
const lastOut = async (...events: readonly PersonEvent[]): Promise<unknown> => {
  const waiting = events.map((event, n): Partial<Waiting> => {
    const pressed = event.type === 'choice' ? { pressed: `m${n}` } : {};
    return { key: `${n}`, chat: 'c', own: 'c', channel: 'toy', address: 'a', event, failures: 0, ...pressed };
  });
  const draft = await planner().plan(
    { conversation, state: engineOf().empty() },
    waiting as readonly Waiting[],
  );
  return draft.commit(NOW).out.at(-1)?.body;
};

const say = (text: string): PersonEvent => ({ type: 'text', text });
const press = (turn: number, ...ids: readonly string[]): PersonEvent => ({ type: 'choice', ids, turn });

test.each<[string, readonly PersonEvent[], object]>([
  ['an answer', [say('khai báo'), press(1, 'yes')], { pressed: 'm1', taken: true }],
  [
    'the beginning of a conversation',
    [say('alo'), press(1, '/go:declare:whom=me')],
    { pressed: 'm1', taken: true },
  ],
  ['a command', [say('khai báo'), say('đồng ý'), press(2, '/back')], { pressed: 'm2', taken: true }],
])('%s that was pressed is shown as taken', async (_title, events, closes) => {
  expect(await lastOut(...events)).toMatchObject(closes);
});

test.each<[string, readonly PersonEvent[]]>([
  ['an old button', [say('khai báo'), press(1, 'yes'), say('1'), press(1, 'no')]],
  ['none of the answers', [say('khai báo'), press(1, 'whatever')]],
])('%s is not', async (_title, events) => {
  const out = await lastOut(...events);
  expect(out).toMatchObject({ pressed: `m${events.length - 1}` });
  expect(out).not.toHaveProperty('taken');
});

test('what was typed closes nothing', async () => {
  expect(await lastOut(say('khai báo'), say('1'))).not.toHaveProperty('pressed');
});
