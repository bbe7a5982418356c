import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openByCode } from '../../../src/services/declarations/look.ts';
import type { DeclarationParts } from '../../../src/services/declarations/parts.ts';
import { Office } from '../alerts/office.ts';
import { Counter } from './counter.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.close());

test('those who guess at a number at once are counted one after the other, and so is who knows it', async () => {
  const { code } = await new Counter(office).declare(office.phone());
  const { sealer, database } = office.store;
  const parts = { ...office.parts, sealer, models: database.models } as unknown as DeclarationParts;
  const guess = (digits: string) => {
    const { chat } = office.phone();
    const context = { chat, own: chat, channel: 'toy', memory: {}, lang: 'vi', now: office.now } as const;
    return openByCode(parts)({ code, digits }, context);
  };
  const seenAtOnce = await Promise.all(['0000', '0001', '5678'].map(guess));
  expect(seenAtOnce.map(({ value }) => (value as { found: boolean }).found)).toEqual([false, false, true]);
  const written = [];
  for (const { effects = [] } of seenAtOnce) written.push(await office.write(effects));
  expect(written).toEqual([true, false, false]); // whoever was not written looks again, and may be one too many
  for (const digits of ['0001', '0002', '0003', '0004']) {
    const { effects = [] } = await guess(digits);
    expect(await office.write(effects)).toBe(true);
  }
  expect((await guess('5678')).value).toMatchObject({ found: false });
});
