import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Role } from '../../../src/domain/roster.ts';
import { createAttachments } from '../../../src/services/report/attach.ts';
import { renderer } from '../../harness/talk.ts';
import { Office, SIN_HO, THAN_UYEN } from '../alerts/office.ts';
import { counted, DAY, UNTIL } from './counts.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
  await office.collections.reports.insertOne({ _id: DAY, until: new Date(UNTIL), counted: counted() });
});
afterAll(() => office.close());

/** An address is the chat's id here; the chat `talking` is a part of a talk. */
const attachments = (talks: Readonly<Record<string, string>> = {}) =>
  createAttachments({
    collections: office.collections,
    sealer: office.parts.sealer,
    home: '12',
    renderer,
    qrImage: async (code) => Buffer.from(code),
    chatsOf: async (address) => [address, ...(talks[address] === undefined ? [] : [talks[address]])],
  });

/** Whether the chart and the file of an area's report are made for an address: both or none. */
const may = async (address: string, area: string, made = attachments(), report = DAY): Promise<boolean> => {
  const ref = { report, day: DAY, area };
  const reader = { address, lang: 'vi' } as const;
  const image = await made.image({ kind: 'chart', ...ref }, reader);
  const file = await made.file({ kind: 'report', ...ref }, reader);
  expect(image === null).toBe(file === null);
  return image !== null;
};

const worker = async (role: Role, area: string): Promise<string> =>
  (await office.worker({ role, area, onDuty: false })).chat;

const MATRIX: readonly (readonly [
  role: Role,
  area: string,
  province: boolean,
  thanUyen: boolean,
  sinHo: boolean,
])[] = [
  ['leader', '12', true, true, true],
  ['admin', '12', true, true, true],
  ['leader', THAN_UYEN, false, true, false],
  ['leader', SIN_HO, false, false, true],
  ['duty', '12', false, false, false],
  ['investigator', '12', false, false, false],
  ['officer', '12', false, false, false],
];

test.each(MATRIX)('%s of %s', async (role, area, ...expected) => {
  const chat = await worker(role, area);
  const found = [await may(chat, '12'), await may(chat, THAN_UYEN), await may(chat, SIN_HO)];
  expect(found).toEqual(expected);
});

test('nobody else, and not any more after the end of the service, of the link or of the role', async () => {
  expect(await may(office.phone().chat, '12')).toBe(false);
  for (const change of [
    { $set: { active: false } },
    { $set: { chats: [] } },
    { $set: { role: 'duty' } },
    { $set: { area: SIN_HO } },
  ]) {
    const chief = await office.worker({ role: 'leader', area: THAN_UYEN, onDuty: false });
    expect(await may(chief.chat, THAN_UYEN)).toBe(true);
    await office.collections.staff.updateOne({ _id: chief.id }, change);
    expect(await may(chief.chat, THAN_UYEN)).toBe(false);
  }
});

test('a leader who speaks in a talk reads in each of its chats', async () => {
  const talk = await worker('leader', '12');
  expect(await may('a chat of it', '12', attachments({ 'a chat of it': talk }))).toBe(true);
  expect(await may('another one', '12', attachments({ 'a chat of it': talk }))).toBe(false);
});

test('a report that is no more has neither chart nor file; a QR is no report’s business', async () => {
  const chat = await worker('leader', '12');
  expect(await may(chat, '12', attachments(), '2026-11-01')).toBe(false);
  const qr = await attachments().image({ kind: 'qr', code: 'x' }, { address: 'anybody', lang: 'vi' });
  expect(qr).toEqual(Buffer.from('x'));
});

test('the file is called by its day and area, without marks', async () => {
  const chat = await worker('leader', '12');
  const file = await attachments().file(
    { kind: 'report', report: DAY, day: DAY, area: THAN_UYEN },
    { address: chat, lang: 'vi' },
  );
  expect(file).toMatchObject({
    name: 'khai-bao-2026-11-26-03595.xlsx',
    type: expect.stringContaining('sheet'),
  });
});
