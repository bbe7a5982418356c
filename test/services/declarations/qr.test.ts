import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Tokens } from '../../../src/security/token.ts';
import { createQr } from '../../../src/services/qr.ts';
import { RING } from '../../store/open-store.ts';
import { Office } from '../alerts/office.ts';
import { Counter } from './counter.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.close());

const HOUR = 3_600_000;

test('a QR says what is true of its declaration: valid, expired since when, or withdrawn', async () => {
  const [counter, citizen] = [new Counter(office), office.phone()];
  const { id } = await counter.declare(citizen);
  const tokens = new Tokens(RING);
  const parts = { models: office.store.database.models, index: office.parts.index, tokens, publicUrl: '' };
  let now = office.now;
  const qr = createQr({ ...parts, now: () => now });
  const token = tokens.sign({ id, issuedAt: now, expiresAt: now + HOUR });
  expect(await qr.verify(token)).toMatchObject({ state: 'valid' });
  now += HOUR;
  expect(await qr.verify(token)).toEqual({ state: 'ended', until: now });
  now -= 1;
  await counter.call(citizen, 'withdrawDeclaration', { id });
  expect(await qr.verify(token)).toEqual({ state: 'withdrawn' });
});
