import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createReceipts } from '../../../src/delivery/receipts.ts';
import type { PersonEvent } from '../../../src/dialogue/event.ts';
import { addDays } from '../../../src/domain/day.ts';
import { notingPresses } from '../../../src/services/arrivals.ts';
import { cardLines } from '../../../src/services/campaigns/card.ts';
import { findCampaign } from '../../../src/services/campaigns/record.ts';
import { reportOf } from '../../../src/services/campaigns/report.ts';
import { renderer } from '../../bots/telegram/stand.ts';
import { Broadcast, FIRST } from './broadcast.ts';

let world: Broadcast;
beforeAll(async () => {
  world = await Broadcast.open();
});
beforeEach(() => world.begin());
afterAll(() => world.close());

const SECOND = addDays(FIRST, 1);

/** What a process hears of messages, until its clean stop. */
const hearing = () => {
  const collection = world.office.collections.deliveries;
  const receipts = createReceipts({
    collection,
    now: () => world.office.now,
    onError: (error) => {
      throw error;
    },
  });
  const taken: string[] = [];
  const door = notingPresses(
    {
      accept: async ({ address }) => {
        taken.push(address);
        throw new Error('too much is waiting');
      },
    },
    receipts,
    // The chats of this world have ids of their own.
    (_use, value) => chats.get(value) ?? '',
  );
  const chats = new Map<string, string>();
  /** Somebody presses a button of what was sent to them on a day. */
  const press = async (
    { chat, address }: { chat: string; address: string },
    ref: string | undefined,
    event: PersonEvent = { type: 'choice', ids: ['/go:declare:whom=me'], turn: 0 },
  ): Promise<void> => {
    chats.set(`telegram|${address}`, chat);
    const inbound = { channel: 'telegram', deliveryId: ref ?? '', address, event, at: 0 };
    const told = door.accept(ref === undefined ? inbound : { ...inbound, pressed: ref });
    await expect(told).rejects.toThrow('too much'); // the platform comes again; what was seen was seen
  };
  return { receipts, press, taken };
};

const sendOn = async (day: string): Promise<void> => {
  await world.tick(day, '07:30');
  await world.tick(day, '08:00');
  await world.quiet();
};

const found = async (id: string) => {
  const campaign = await findCampaign(world.office.parts, id);
  if (campaign === null) throw new Error('it is gone');
  return campaign;
};

test('at the end: how many are known to have got it, each person once, never more than it was sent to', async () => {
  const twice = await world.citizen();
  const declared = await world.citizen();
  const silent = await world.citizen();
  const online = await world.citizen({ channel: 'web' });
  const id = await world.approved({ days: 2, channels: ['telegram', 'web'] });
  world.start();
  const heard = hearing();
  const ref = (day: string, { chat }: { chat: string }) => `ref ${id}|${day}|${chat}`;

  await sendOn(FIRST);
  await heard.press(twice, ref(FIRST, twice));
  await heard.press(declared, ref(FIRST, declared));
  // What proves nothing: an answer to a question, a press in no message, one in another's or in none of ours.
  await heard.press(silent, ref(FIRST, silent), { type: 'choice', ids: ['yes'], turn: 3 });
  await heard.press(silent, ref(FIRST, silent), { type: 'text', text: 'khai báo' });
  await heard.press(silent, undefined);
  await heard.press(silent, ref(FIRST, twice));
  await heard.press(silent, 'ref of another message');
  await heard.receipts.stop();
  await world.declare(declared);
  await world.tick(FIRST, '20:30');

  const next = hearing();
  await sendOn(SECOND);
  await next.press(twice, ref(SECOND, twice));
  next.receipts.note([{ id: `${id}|${SECOND}|${online.chat}` }]);
  await next.receipts.stop();
  await world.tick(SECOND, '20:30');
  await world.tick(SECOND, '20:40');

  const marked = await world.office.collections.deliveries.find({ deliveredAt: { $exists: true } }).toArray();
  expect(marked.map(({ _id }) => _id).sort()).toEqual(
    [
      `${FIRST}|${twice.chat}`,
      `${FIRST}|${declared.chat}`,
      `${SECOND}|${twice.chat}`,
      `${SECOND}|${online.chat}`,
    ]
      .map((row) => `${id}|${row}`)
      .sort(),
  );
  const { counts } = await reportOf(world.office.parts, await found(id));
  // The two who sent it have pages too.
  expect(counts).toEqual({
    declared: 1,
    declaredBefore: 0,
    sent: 5,
    optedOut: 0,
    unreached: 0,
    total: 6,
    delivered: 3,
  });
  const result = [
    'Người nhận: 6. Đã gửi: 6, trong đó 1 người khai báo sau khi được gửi.',
    'Chắc chắn đã nhận được: ít nhất 3 người. Số thật có thể cao hơn vì phần lớn các kênh không báo tin đã đến.',
    'Khai trước khi gửi: 0; từ chối nhận: 0; không gửi được: 0.',
  ];
  const card = await cardLines(world.office.parts, await found(id), world.office.now);
  expect(card.map((one) => renderer.line('vi', one)).slice(-3)).toEqual(result);
  await world.quiet();
  const news = world.took.filter(({ text }) => text.includes(`Đợt nhắn tin ${id} đã xong.`));
  expect(news).toHaveLength(2);
  for (const { text } of news) for (const one of result) expect(text).toContain(one);
});
