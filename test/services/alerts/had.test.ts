import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openRow } from '../../../src/delivery/outboxRow.ts';
import type { Line } from '../../../src/dialogue/say.ts';
import type { Json } from '../../../src/domain/json.ts';
import { climbAlerts } from '../../../src/services/alerts/climb.ts';
import { planAlert } from '../../../src/services/alerts/plan.ts';
import { NOW } from '../../harness/talk.ts';
import { Office, plain, type Worker } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(() => office.begin());
afterAll(() => office.close());

const act = (who: Worker, id: string, does: string) => office.call(who, 'alertAct', { id, do: does });
const before = (said: string): string[] => said.split('\n').filter((one) => one.startsWith('Trước đó'));
const card = ({ lines }: Record<string, Json>): string[] =>
  before(plain({ notes: lines as unknown as Line[], turn: 1 }));
const unreachable = async (who: Worker, id: string, note: string) => {
  await act(who, id, 'claim');
  return office.call(who, 'closeAlert', { id, outcome: 'unreachable', note });
};
/** The alert goes out again; what it says to somebody of who had it before. */
const askedAgain = async (who: Worker): Promise<string[]> => {
  await office.collections.deliveries.deleteMany({});
  await climbAlerts(office.parts, (effects) => office.write(effects), 'waiting', office.now);
  const row = await office.collections.deliveries.findOne({ purpose: 'alert', chat: who.chat });
  return row === null ? [] : before(plain(await openRow(office.parts.sealer, row)));
};
const NOTED =
  'Trước đó Lò Thị Hoa ghi lúc 09:00 ngày 23/11: Không liên lạc được. Ghi chú: gọi ba lần, không nghe máy';

test('where nobody was reached, the next one reads who tried and what they wrote, after claiming it as well', async () => {
  const [hoa, pao] = [await office.worker(), await office.worker({ name: 'Vàng A Páo' })];
  const id = await office.alert();
  expect(await unreachable(hoa, id, 'gọi ba lần, không nghe máy')).toEqual({ is: 'released' });
  expect(await askedAgain(pao)).toEqual([NOTED]);
  expect(card(await act(pao, id, 'show'))).toEqual([NOTED]);
  expect(card(await act(pao, id, 'claim'))).toEqual([NOTED]);
  expect(JSON.stringify(await office.collections.alerts.findOne({ _id: id }))).not.toContain('ba lần');
});

test('given back without a word, the next one reads who had it', async () => {
  const [hoa, pao] = [await office.worker(), await office.worker({ name: 'Vàng A Páo' })];
  const id = await office.alert();
  await act(hoa, id, 'claim');
  office.now = NOW + 20 * 60_000;
  expect(await act(hoa, id, 'release')).toEqual({ is: 'released' });
  const had = 'Trước đó Lò Thị Hoa đã nhận; cảnh báo được gửi lại lúc 09:20 ngày 23/11.';
  expect(await askedAgain(pao)).toEqual([had]);
  expect(card(await act(pao, id, 'claim'))).toEqual([had]);
});

test('a later declaration of theirs takes nothing of it away', async () => {
  const hoa = await office.worker();
  const subject = office.subject();
  await office.write((await planAlert(office.parts)(subject)).effects);
  const { _id: id } = (await office.collections.alerts.findOne()) ?? { _id: '' };
  await unreachable(hoa, id, 'gọi ba lần, không nghe máy');
  const worse = { ...subject, level: 'critical' as const, reasons: [{ key: 'risk.reason.symptoms' }] };
  await office.write((await planAlert(office.parts)(worse)).effects);
  expect(card(await act(hoa, id, 'claim'))).toEqual([NOTED]);
});

test('of many the last three are named', async () => {
  const hoa = await office.worker();
  const id = await office.alert();
  for (const note of ['một', 'hai', 'ba', 'bốn']) await unreachable(hoa, id, note);
  const notes = card(await act(hoa, id, 'claim')).map((said) => said.split('Ghi chú: ')[1]);
  expect(notes).toEqual(['hai', 'ba', 'bốn']);
});
