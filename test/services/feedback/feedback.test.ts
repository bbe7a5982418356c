import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRow } from '../../../src/delivery/outboxRow.ts';
import { Office, plain, SIN_HO, THAN_UYEN } from '../alerts/office.ts';

const NOTE = 'Chốt Mường Kim không quét được mã QR.';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(async () => {
  for (const name of ['feedback', 'deliveries', 'staff', 'shifts', 'declarations'] as const)
    await office.collections[name].deleteMany({});
});
afterAll(() => office.close());

const give = (phone = office.phone(), more = {}) =>
  office.call(phone, 'giveFeedback', { kind: 'checkpoint', note: NOTE, ...more });
const only = async () => (await office.collections.feedback.find().toArray())[0];
const said = async (purpose: string): Promise<readonly string[]> => {
  const rows = await office.collections.deliveries.find({ purpose }).toArray();
  return Promise.all(rows.map(async (row) => plain(await openRow(office.parts.sealer, row))));
};

describe('feedback', () => {
  test('is kept sealed and told to who is on duty for the province', async () => {
    const [a] = [await office.worker({ area: '12' }), await office.worker({ area: '12', onDuty: false })];
    expect(await give(office.phone(), { phone: '+84912345678' })).toEqual({ is: 'given' });
    expect(await only()).toMatchObject({ kind: 'checkpoint', area: '12', state: 'open' });
    const stored = JSON.stringify(await only(), (_key, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
    );
    // With its blank and its dot: two letters stand in one of a hundred ids by chance.
    expect(stored).not.toMatch(/ QR\.|912345678/);
    expect(await office.rows()).toEqual([{ purpose: 'feedbackNews', chat: a.chat, state: 'ready' }]);
    expect(await said('feedbackNews')).toEqual(['Có phản ánh mới: Qua chốt kiểm soát.\nGõ: Đọc phản ánh']);
  });

  test('of somebody who declared belongs to the place they stay at', async () => {
    const [near] = [
      await office.worker(),
      await office.worker({ area: SIN_HO }),
      await office.worker({ area: '12' }),
    ];
    const phone = office.phone();
    await office.collections.declarations.insertOne({
      _id: 'd1',
      declaredBy: phone.chat,
      chats: [phone.chat],
      area: THAN_UYEN,
      at: new Date(office.now),
    } as never);
    await give(phone);
    expect(await only()).toMatchObject({ area: THAN_UYEN });
    expect(await office.rows()).toEqual([{ purpose: 'feedbackNews', chat: near.chat, state: 'ready' }]);
  });

  test('wakes nobody who is off duty', async () => {
    await office.worker({ area: '12', onDuty: false });
    await give();
    expect(await office.rows()).toEqual([]);
  });

  test('five a day from one chat, then tomorrow', async () => {
    const phone = office.phone();
    for (let n = 0; n < 5; n += 1) expect(await give(phone)).toEqual({ is: 'given' });
    expect(await give(phone)).toEqual({ is: 'tooMany' });
    expect(await give()).toEqual({ is: 'given' });
    office.now += 86_400_000;
    expect(await give(phone)).toEqual({ is: 'given' });
  });
});

describe('the answer', () => {
  test('is kept, and goes to the chat that asked; one is enough', async () => {
    const [who, other] = [await office.worker({ area: '12' }), await office.worker({ area: '12' })];
    const citizen = office.phone();
    await give(citizen, { phone: '+84912345678' });
    const id = (await only())?._id ?? '';
    expect((await office.call(who, 'inbox')).feedback).toEqual([{ id, kind: 'checkpoint', at: office.now }]);
    expect(await office.call(who, 'showFeedback', { id })).toMatchObject({
      is: 'feedback',
      note: NOTE,
      phone: '+84912345678',
      answered: false,
    });
    const text = 'Đã sửa máy quét, cảm ơn anh.';
    expect(await office.call(who, 'answerFeedback', { id, text })).toEqual({ is: 'sent' });
    expect(await office.call(other, 'answerFeedback', { id, text: 'x' })).toEqual({ is: 'answered' });
    expect(await office.rows('feedbackAnswer')).toEqual([
      { purpose: 'feedbackAnswer', chat: citizen.chat, state: 'ready' },
    ]);
    expect(await said('feedbackAnswer')).toEqual([`Trả lời phản ánh “${NOTE}”: ${text}`]);
    expect(await only()).toMatchObject({ state: 'answered', answeredBy: who.id });
    expect((await office.call(who, 'inbox')).feedback).toEqual([]);
  });

  test('two at once: one is sent', async () => {
    const [a, b] = [await office.worker({ area: '12' }), await office.worker({ area: '12' })];
    await give();
    const id = (await only())?._id ?? '';
    const results = await Promise.all(
      [a, b].map((who) => office.call(who, 'answerFeedback', { id, text: 'Xin chào' })),
    );
    expect(results.map(({ is }) => is).sort()).toEqual(['answered', 'sent']);
    expect(await office.rows('feedbackAnswer')).toHaveLength(1);
  });

  test.each([
    ['a citizen', async () => office.phone(), 'stranger'],
    ['staff of a commune, of what belongs to the province', async () => office.worker(), 'gone'],
    ['an officer', async () => office.worker({ role: 'officer', area: '12' }), 'gone'],
  ])('is not for %s', async (_name, whoIs, expected) => {
    await give();
    const id = (await only())?._id ?? '';
    const who = await whoIs();
    expect((await office.call(who, 'showFeedback', { id })).is).toBe(expected);
    expect((await office.call(who, 'answerFeedback', { id, text: 'Xin chào' })).is).toBe(expected);
    expect(await only()).toMatchObject({ state: 'open' });
  });
});
