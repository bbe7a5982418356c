import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PersonEvent } from '../../../src/dialogue/event.ts';
import { newInvitation } from '../../../src/domain/rosterCode.ts';
import { createBlindIndex } from '../../../src/security/blind-index.ts';
import { randomId } from '../../../src/security/random.ts';
import { staffServices } from '../../../src/services/staff/index.ts';
import { engineOf } from '../../harness/talk.ts';
import { RING } from '../../store/open-store.ts';
import { type Party, party } from '../converse/toy.ts';
import { Office, plain } from './office.ts';

const PEOPLE = 20;

let office: Office;
let parties: readonly Party[];
const services = () => staffServices(office.parts);

/** Two processes of the whole conversation: engine, services, grouped commits. */
beforeAll(async () => {
  office = await Office.open();
  office.now = Date.now();
  const open = () => party(office.store.uri, { engine: engineOf(), services: services() });
  parties = [await open(), await open()];
});
afterAll(async () => {
  await Promise.all(parties.map((each) => each.close()));
  await office.close();
});

const say = (n: number, event: PersonEvent) =>
  (parties[n % 2] as Party).converse.accept({
    channel: 'toy',
    deliveryId: randomId(),
    address: `phone ${n}`,
    event,
    at: Date.now(),
  });

const link = async (n: number): Promise<void> => {
  const who = await office.worker({ name: `Cán Bộ ${'ABCDEĐGHIKLMNOPQRSTU'[n]}`, chats: 0 });
  const code = newInvitation((size) => crypto.getRandomValues(new Uint8Array(size)));
  await office.collections.invitations.insertOne({
    _id: createBlindIndex(RING)('invitation', code),
    staff: who.id,
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  await say(n, { type: 'text', text: code });
};

test('twenty people press at once on two processes, twice each: one has it, each is answered', async () => {
  const all = Array.from({ length: PEOPLE }, (_, n) => n);
  await Promise.all(all.map(link));
  expect(await office.collections.staff.countDocuments({ 'chats.0': { $exists: true } })).toBe(PEOPLE);
  const id = await office.alert({ at: Date.now() });
  for (const { sent } of parties) sent.length = 0;

  const press = { type: 'choice', ids: [`/go:alert:do=claim&id=${id}`] } as const;
  await Promise.all([...all, ...all].map((n) => say(n, press)));

  const alert = await office.collections.alerts.findOne({ _id: id });
  expect(alert).toMatchObject({ state: 'claimed', rev: 2 });
  expect(alert?.history.map(({ what }) => what)).toEqual(['opened', 'claimed']);
  const answers = parties
    .flatMap(({ sent }) => sent)
    .map(({ chat, body }) => ({ chat, text: 'say' in body ? plain(body.say) : '' }));
  const seen = answers.filter(({ text }) => text.includes('Nguyễn Văn An'));
  expect(new Set(seen.map(({ chat }) => chat)).size).toBe(1);
  expect(answers.filter(({ text }) => /đã có Cán Bộ . nhận/.test(text)).length).toBeGreaterThanOrEqual(
    PEOPLE - 1,
  );
  expect(new Set(answers.map(({ chat }) => chat)).size).toBe(PEOPLE);
  expect(await office.collections.deliveries.countDocuments({ purpose: 'alertTaken' })).toBe(PEOPLE - 1);
  expect(await office.collections.parked.countDocuments()).toBe(0);
});
