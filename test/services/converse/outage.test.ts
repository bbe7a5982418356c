import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Inbound } from '../../../src/services/inbound.ts';
import { prepare } from '../../../src/store/prepare.ts';
import { type PrivateMongod, privateMongod } from '../../harness/mongo.ts';
import { patiently } from '../../harness/patience.ts';
import { type Party, party, saidIn, textFrom, toldTo, until } from './toy.ts';

/** The promise is 30 s; the path is the same for any time that is longer than the driver's patience (2 s). */
const AWAY_MS = Number(process.env.KHAIBAO_TEST_AWAY_MS ?? 4_000);
const CHATS = Array.from({ length: 20 }, (_, n) => `chat ${n}`);

let server: PrivateMongod;
let one: Party;

beforeAll(async () => {
  server = await privateMongod();
  await patiently(() => prepare(server.uri));
  one = await party(server.uri, { patience: 1_000 });
});
afterAll(async () => {
  await one.close();
  await server.stop();
});

/** Why each chat was turned away so far, as often as it was. */
type Codes = ReadonlyMap<string, string[]>;
const noCodes = (): Codes => new Map(CHATS.map((chat) => [chat, []]));
const everyCode = (codes: Codes): ReadonlySet<string> => new Set([...codes.values()].flat());

/** What a platform does: the same delivery again until it is taken. */
async function deliverUntilTaken(inbound: Inbound, codes: Codes): Promise<void> {
  for (;;) {
    try {
      await one.converse.accept(inbound);
      return;
    } catch (error) {
      codes.get(inbound.address)?.push(String((error as { code?: unknown }).code));
      await pause(250);
    }
  }
}

/** Each chat says three things, one after the other, from before the outage until it is over. */
async function talk(from: string, codes: Codes): Promise<void> {
  const talks = CHATS.map(async (chat) => {
    for (const n of [1, 2, 3]) {
      await deliverUntilTaken(textFrom(chat, `${from}${n}`), codes);
      await pause(100);
    }
  });
  await Promise.all(talks);
}

async function expectToldOnce(texts: readonly string[]): Promise<void> {
  for (const chat of CHATS) expect(await toldTo(one, chat)).toEqual(texts);
  const said = (chat: string) => new Set(one.sent.filter(({ address }) => address === chat).map(saidIn));
  await until(() => CHATS.every((chat) => said(chat).size === texts.length));
}

test('a database that dies: "unavailable" meanwhile, then all goes on, nothing lost and nothing doubled', async () => {
  const codes = noCodes();
  const talking = talk('a', codes);
  await pause(80);
  await server.kill();
  // Until each chat has heard of it: on a busy machine that takes longer.
  await Promise.all([pause(AWAY_MS), until(() => [...codes.values()].every((each) => each.length > 0))]);
  await server.restart();
  await talking;
  expect(everyCode(codes)).toEqual(new Set(['unavailable']));
  await expectToldOnce(['a1', 'a2', 'a3']);
  expect(one.counted).toContain('update toy unavailable');
  expect(one.counted.filter((each) => each.startsWith('parked'))).toEqual([]);
});

test('a database that hangs for a while: nothing lost, nothing doubled', async () => {
  const codes = noCodes();
  const talking = talk('b', codes);
  await pause(80);
  await server.pause();
  await pause(AWAY_MS);
  server.resume();
  await talking;
  expect(new Set([...everyCode(codes), 'unavailable'])).toEqual(new Set(['unavailable']));
  await expectToldOnce(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
