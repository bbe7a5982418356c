/**
 * What one step of the conversation engine costs, and how large a chat's state is: the declaration at its first, tenth
 * and last question, and a flow of 60 questions. Pure computing, no database; processor time, so that a busy machine does not count.
 */

import type { Event } from '../src/dialogue/event.ts';
import type { Asking, Flow } from '../src/dialogue/flow.ts';
import { end, flow } from '../src/dialogue/flow.ts';
import { optionsOf } from '../src/dialogue/question/choice.ts';
import { line } from '../src/dialogue/say.ts';
import type { ChatState } from '../src/dialogue/state.ts';
import type { Engine } from '../src/dialogue/step.ts';
import { parseName } from '../src/domain/person.ts';
import { engineOf, NOW, Talk, type World } from '../test/harness/talk.ts';
import { WORLDS } from '../test/harness/world.ts';

const STEPS = 20_000;
const WARM_UP = 3_000;

/** A declaration without the card, every question asked: 20 answers. */
const DECLARATION = [
  'khai báo',
  'đồng ý',
  'cho tôi',
  'không',
  'Lò Văn Pản',
  '15/3/1990',
  'nam',
  '012090001234',
  '0912345678',
  'bản Nà Cang, xã Nậm Hàng',
  'Hà Nội đến Than Uyên',
  'xe khách',
  '29B-123.45 ghế 12',
  'hôm qua',
  '1',
  'sốt, ho',
  '6',
  'Lào Cai',
  'Điện Biên',
  'hết',
  'gửi',
];

const long: Flow = flow('feedback', {}, function* (ask): Asking<ReturnType<typeof end>> {
  const options = optionsOf('sex', [{ id: 'male' }, { id: 'female' }, { id: 'other' }]);
  for (let n = 1; n <= 60; n += 1) {
    if (n % 2 === 0) yield* ask.choice(`q${n}`, options, { say: 'person.sex' });
    else yield* ask.text(`q${n}`, parseName, { say: 'person.name' });
  }
  return end(line('feedback.thanks'));
});

/** States before each text of a conversation. */
const statesOf = (
  world: World,
  engine: Engine,
  begin: Event,
  texts: readonly string[],
): readonly ChatState[] => {
  const talk = new Talk(world, engine);
  talk.send(begin);
  return texts.map((text) => {
    const { state } = talk;
    talk.text(text);
    return state;
  });
};

const print = (...cells: readonly string[]): void =>
  console.log(cells.map((cell, n) => (n === 0 ? cell.padEnd(44) : cell.padStart(12))).join(''));

const measure = (name: string, engine: Engine, state: ChatState | undefined, text: string): void => {
  if (state === undefined) throw new Error(`the conversation does not reach ${name}`);
  const event: Event = { type: 'text', text };
  let did = 0;
  const run = (steps: number) => {
    for (let n = 0; n < steps; n += 1) did += engine.step(state, event, NOW).outcome === 'ignored' ? 0 : 1;
  };
  run(WARM_UP);
  const began = process.cpuUsage();
  run(STEPS);
  const { user, system } = process.cpuUsage(began);
  const micros = (user + system) / STEPS;
  if (did < STEPS) throw new Error(`${name}: some steps did nothing`);
  print(name, micros.toFixed(1), String(Buffer.byteLength(JSON.stringify(state))));
};

const engine = engineOf();
const [first = '', ...rest] = DECLARATION;
const states = statesOf(WORLDS.newcomer ?? {}, engine, { type: 'text', text: first }, rest);
print('one step', 'cpu µs', 'state bytes');
measure('idle chat, a text nobody understands', engine, engine.empty(), 'blabla');
measure('idle chat, "khai báo" (to the call)', engine, engine.empty(), 'khai báo');
for (const at of [1, 5, 10, 15, 20]) {
  const text = rest[at - 1] ?? '';
  measure(`declaration, question ${at}: "${text}"`, engine, states[at - 1], text);
}
measure('declaration, question 10: a wrong answer', engine, states[9], 'xyzzy');
measure('declaration, question 20: back', engine, states[19], 'quay lại');
measure('declaration, question 20: edit', engine, states[19], 'sửa');

const sixty = engineOf([long]);
const answers = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? 'Lò Văn Pản' : 'nam'));
const longStates = statesOf({}, sixty, { type: 'choice', ids: ['/go:feedback'] }, answers);
for (const at of [1, 10, 20, 40, 60]) {
  measure(`toy flow of 60, question ${at}`, sixty, longStates[at - 1], answers[at - 1] ?? '');
}
