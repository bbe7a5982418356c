import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parkedCommand } from '../../src/cli/parked.ts';
import { partsOf } from '../../src/cli/withStore.ts';
import { chatIdBy } from '../../src/services/chatId.ts';
import { type ConversationDoc, contexts } from '../../src/store/conversation.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { declareSick, SICK } from '../harness/story.ts';
import { terminalPhone } from '../harness/wires.ts';
import { until } from '../services/converse/toy.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.end());

const waiting = async (): Promise<string | undefined> =>
  /^khaibao_parked_messages (\S+)$/m.exec(await (await fetch(`${app.url}/metrics`)).text())?.[1];

const khaibao = async (...args: readonly string[]): Promise<string> => {
  let printed = '';
  await parkedCommand(async (work) => {
    printed = await work(partsOf(app.store));
  }).parseAsync([...args], { from: 'user' });
  return printed;
};

/** As a newer release leaves a chat behind when the one before it is started again: nothing of it can be read. */
const leaveBehind = async (session: string): Promise<void> => {
  const { database, sealer, index } = app.store;
  const chat = chatIdBy(index)('terminal', session);
  const { conversations } = database.collections;
  const before = (await conversations.findOne({ _id: chat })) as ConversationDoc;
  const known = (await sealer.open(contexts.state(chat), before.state)) as object;
  const state = sealer.seal(contexts.state(chat), { ...known, v: 99 });
  await conversations.updateOne({ _id: chat }, { $set: { state }, $inc: { rev: 1 } });
};

test('what could not be handled rings until somebody has called the person and settled it', async () => {
  const phone = terminalPhone(app, 'parked');
  await declareSick(phone, 'Giàng A Giả');
  expect(await waiting()).toBe('0');
  await leaveBehind('parked');
  await phone.say('tôi bị giữ ở chốt Mường Kim');
  await until(async () => (await waiting()) === '1');

  const listed = await khaibao('list');
  expect(listed).toMatch(/ terminal +Error +at .*readState /);
  expect(listed).not.toMatch(/Giàng|Mường Kim/);
  const id = listed.split('\n')[1]?.split(' ')[0] ?? '';
  const shown = await khaibao('show', id, '--by', 'Lò Thị Hoa');
  expect(shown).toContain('Nhắn chữ / Typed: tôi bị giữ ở chốt Mường Kim');
  expect(shown).toContain('Lỗi / Error: Error: conversation state of version 99 cannot be read');
  expect(shown).toContain('Người khai / Who declares here: Giàng A Giả, +84987000111\n');
  expect(await waiting()).toBe('1');

  // Nobody answers the telephone: they read it where they wrote.
  const words = ['Chốt', 'đã', 'có', 'tờ', 'khai,', 'anh', 'cứ', 'đi.'];
  expect(await khaibao('answer', id, ...words, '--by', 'Lò Thị Hoa')).toContain('The answer is on its way.');
  expect(await phone.hear('Chốt đã có tờ khai')).toMatch(
    /^Về tin nhắn của anh\/chị lúc .*: Chốt đã có tờ khai, anh cứ đi\.$/,
  );

  expect(await khaibao('done', id, '--by', 'Lò Thị Hoa')).toContain('Messages settled: 1.');
  expect(await waiting()).toBe('0');
  phone.close();
});

test('somebody who was half-way through their first declaration can be called', async () => {
  const phone = terminalPhone(app, 'half-way');
  for (const [said, answer] of SICK('Lò Thị Dở').slice(0, 7)) {
    await phone.say(said);
    await phone.hear(answer);
  }
  await leaveBehind('half-way');
  await phone.say('xã Mường Kim');
  await until(async () => (await waiting()) === '1');
  const [row] = JSON.parse(await khaibao('list', '--json')) as readonly { readonly id: string }[];
  expect(await khaibao('show', row?.id ?? '', '--by', 'Lò Thị Hoa')).toContain(
    'Tờ khai đang làm dở / Unfinished declaration: Lò Thị Dở, +84987000111\n',
  );
  phone.close();
});
