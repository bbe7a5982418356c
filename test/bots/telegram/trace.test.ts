import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { tracedText } from '../../../bots/telegram/trace.ts';
import { type Choice, line, type Say } from '../../../src/dialogue/say.ts';
import type { Inbound } from '../../../src/services/inbound.ts';
import { type FakeTelegram, type FakeUser, startFakeTelegram } from '../../harness/telegram/server.ts';
import { committed, isSetUp, type Stand, startStand, until } from './stand.ts';

describe('the text of an answered message', () => {
  const shown = (...labels: readonly (readonly [label: string, data: string])[]) => ({
    text: 'Đi bằng gì?',
    reply_markup: { inline_keyboard: labels.map(([text, callback_data]) => [{ text, callback_data }]) },
  });
  const means = shown(['Xe khách', '3.coach'], ['Quay lại', '3./back']);
  const signs = shown(['☑ Sốt', '5.fever'], ['☐ Ho', '5.cough'], ['☑ Mệt', '5.fatigue'], ['Xong', '5.done']);
  const none = shown(['☐ Sốt', '5.fever'], ['☐ Không có', '5.none'], ['Xong', '5.done']);

  test.each([
    ['a choice', means, '3.coach', 'Đi bằng gì?\n✔ Xe khách'],
    ['a command', means, '3./back', 'Đi bằng gì?\n✔ Quay lại'],
    ['a list that is done', signs, '5.done', 'Đi bằng gì?\n✔ Sốt, Mệt'],
    ['none of a list', none, '5.none', 'Đi bằng gì?\n✔ Không có'],
    ['an alert', means, '0.coach', undefined],
    ['a button that is not there', means, '3.train', undefined],
    ['a photo', { reply_markup: means.reply_markup }, '3.coach', undefined],
    ['no buttons', { text: 'Đi bằng gì?' }, '3.coach', undefined],
    ['no room', { ...means, text: 'x'.repeat(4_090) }, '3.coach', undefined],
  ])('%s', (_title, message, data, text) => {
    expect(tracedText(message, data)).toBe(text);
  });
});

describe('on the phone', () => {
  let fake: FakeTelegram;
  let stand: Stand;
  let user: FakeUser;
  beforeEach(async () => {
    fake = await startFakeTelegram();
    stand = await startStand(fake);
    await until('it is set up', () => isSetUp(fake));
    user = fake.user();
    user.say('/start');
  });
  afterEach(async () => {
    await stand.stop();
    await fake.close();
  });

  const choices: readonly Choice[] = [
    { id: 'yes', label: line('word.yes') },
    { id: 'no', label: line('word.no') },
  ];
  const send = (say: Partial<Say>, more: object = {}) => {
    const whole = { notes: [], turn: 3, ...say };
    const id = `c:${whole.turn}:${Math.random()}`;
    return stand.channel.send({ id, address: String(user.id), lang: 'vi', say: whole, ...more });
  };
  /** Presses, and gives what came of it. */
  const press = async (label: string): Promise<Inbound> => {
    const before = stand.door.came.length;
    stand.door.answer = committed;
    user.press(label);
    await until('the press came', () => stand.door.came.length > before);
    return stand.door.came[before] as Inbound;
  };
  const asked = () => user.screen()[0];

  test('an answer that was taken stays under its question, without buttons', async () => {
    await send({ ask: line('withdraw.sure'), choices });
    const { pressed = '' } = await press('Không');
    await send({ notes: [line('withdraw.kept')], turn: 4 }, { pressed, taken: true });
    await until('it shows', () => asked()?.inline.length === 0);
    expect(asked()?.text).toBe('Thu hồi tờ khai này? Mã và QR sẽ không còn giá trị.\n✔ Không');
  });

  test('a press that was too late only takes the buttons away', async () => {
    await send({ ask: line('withdraw.sure'), choices });
    const { pressed = '' } = await press('Có');
    await send({ notes: [line('engine.stale')], turn: 4 }, { pressed });
    await until('the buttons are gone', () => asked()?.inline.length === 0);
    expect(asked()?.text).not.toContain('✔');
  });

  test('an alert is left to whoever brings it up to date', async () => {
    await send({ ask: line('withdraw.sure'), choices, turn: 0 });
    const { pressed = '' } = await press('Có');
    await send({ notes: [line('withdraw.kept')], turn: 4 }, { pressed, taken: true });
    await until('the buttons are gone', () => asked()?.inline.length === 0);
    expect(asked()?.text).not.toContain('✔');
  });
});
