import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { begunFor } from '../../../flows/parts/about.ts';
import { type ChatState, newState, type Run } from '../../../src/dialogue/state.ts';
import type { Json } from '../../../src/domain/json.ts';
import { sealContext } from '../../../src/security/sealer.ts';
import { type ReachParts, reachOf } from '../../../src/services/parked/reach.ts';
import { sealStaff } from '../../../src/services/staff/record.ts';
import type { Conversation } from '../../../src/store/conversation.ts';
import { Conversations } from '../../../src/store/conversations.ts';
import type { DeclarationDoc } from '../../../src/store/declarations.ts';
import { declaredOf } from '../../domain/risk/facts.ts';
import { NOW } from '../../harness/talk.ts';
import { newConversation, nextCommit, type OpenStore, openStore } from '../../store/open-store.ts';

let store: OpenStore;
let parts: ReachParts;
let conversations: Conversations;
beforeAll(async () => {
  store = await openStore();
  parts = { collections: store.database.collections, sealer: store.sealer, begunFor };
  conversations = new Conversations(store.database, store.sealer);
});
beforeEach(async () => {
  for (const name of ['conversations', 'people', 'declarations', 'staff'] as const)
    await store.database.collections[name].deleteMany({});
});
afterAll(async () => {
  await conversations.close();
  await store.close();
});

const chat = async (id: string, state: Partial<ChatState> | Json, more: Partial<Conversation> = {}) => {
  const { next, ...commit } = nextCommit(newConversation(id));
  await conversations.commit({ ...commit, next: { ...next, ...more, state: state as Json } });
};

const person = async (id: string, name: string): Promise<void> => {
  const whole = { ...declaredOf({}).person, name } as unknown as Json;
  const sealed = store.sealer.seal(sealContext('people', 'sealed', id), whole);
  await store.database.collections.people.insertOne({ _id: id, sealed, chats: [], deleteAt: new Date(NOW) });
};

const declaration = async (id: string, of: string, chats: readonly string[], more: object = {}) => {
  const declared = declaredOf({});
  const sealed = store.sealer.seal(sealContext('declarations', 'sealed', id), {
    declared: { ...declared, person: { ...declared.person, name: `người ${of}` } },
  } as unknown as Json);
  const doc = { _id: id, person: of, chats, status: 'valid', at: new Date(NOW), sealed, ...more };
  await store.database.collections.declarations.insertOne(doc as unknown as DeclarationDoc);
};

const remembering = (memory: ChatState['memory'], runs: readonly Run[] = []): ChatState => ({
  ...newState('vi'),
  memory,
  runs,
  ...(runs[0] && { active: runs[0].id }),
});

const run = (id: number, answers: Run['answers']) => ({ id, flow: 'declare', answers }) as unknown as Run;

test('nobody: the chat never spoke, or has told nothing', async () => {
  expect(await reachOf(parts, 'never')).toEqual({});
  await chat('c1', remembering({}));
  expect(await reachOf(parts, 'c1')).toEqual({});
});

test('the chat’s own person; whom it declared for last, when that is somebody else', async () => {
  await chat('c1', remembering({ person: 'p1' }));
  await person('p1', 'Lò Thị Mẩy');
  await declaration('d1', 'p1', ['c1']);
  expect(await reachOf(parts, 'c1')).toEqual({ own: { name: 'Lò Thị Mẩy', phone: '+84912345678' } });
  await declaration('d2', 'p2', ['c1'], { at: new Date(NOW + 1) });
  await declaration('d3', 'p3', ['c1'], { at: new Date(NOW + 2), status: 'withdrawn' });
  await declaration('d4', 'p4', ['c2'], { at: new Date(NOW + 3) });
  expect(await reachOf(parts, 'c1')).toMatchObject({
    own: { name: 'Lò Thị Mẩy' },
    declared: { name: 'người p2', phone: '+84912345678', at: NOW + 1 },
  });
});

test('who was about to declare, and the staff member it is linked to', async () => {
  await chat('c1', remembering({}, [run(1, { 'who.name': 'Giàng A Dở', 'who.phone': '+84987000111' })]));
  const sealed = sealStaff(store, 's1', { name: 'Hoàng Thị Nga', phone: '+84987654321' });
  const nurse = { role: 'duty', area: '12', active: true, sealed };
  await store.database.collections.staff.insertOne({ _id: 's1', chats: ['c1'], ...nurse });
  expect(await reachOf(parts, 'c1')).toEqual({
    begun: { name: 'Giàng A Dở', phone: '+84987000111' },
    staff: { name: 'Hoàng Thị Nga', phone: '+84987654321' },
  });
});

test.each<readonly [string, readonly Run[], number | undefined, object]>([
  ['by the card', [run(1, { 'who.card': { name: 'Lò Thị Thẻ' } })], 1, { begun: { name: 'Lò Thị Thẻ' } }],
  [
    'put aside',
    [run(1, { 'who.card': 'typed', 'who.name': 'Lò Thị Gác', 'who.phone': null })],
    undefined,
    { begun: { name: 'Lò Thị Gác' } },
  ],
  [
    'the one that is talked to',
    [run(1, { 'who.name': 'Một' }), run(2, { 'who.name': 'Hai' })],
    1,
    { begun: { name: 'Một' } },
  ],
  ['nothing said yet', [run(1, { consent: 'yes' })], 1, {}],
])('who was about to declare: %s', async (_how, runs, active, found) => {
  await chat('c1', { ...remembering({}), runs, ...(active && { active }) });
  expect(await reachOf(parts, 'c1')).toEqual(found);
});

test('a chat of a talk: what the talk knows', async () => {
  await chat('t1', remembering({ person: 'p1' }));
  await chat('c1', newState('vi') as unknown as Json, { talk: 't1' });
  await person('p1', 'Lò Thị Mẩy');
  await declaration('d2', 'p2', ['t1']);
  expect(await reachOf(parts, 'c1')).toMatchObject({
    own: { name: 'Lò Thị Mẩy' },
    declared: { name: 'người p2' },
  });
});

test('a state of another release: what it remembers is good all the same', async () => {
  await chat('c1', { v: 99, memory: { person: 'p1' } });
  await person('p1', 'Lò Thị Mẩy');
  expect(await reachOf(parts, 'c1')).toMatchObject({ own: { name: 'Lò Thị Mẩy' } });
});

test('a state that cannot be opened: the declaration is found all the same', async () => {
  await chat('c1', remembering({ person: 'p1' }));
  const state = store.sealer.seal(sealContext('conversations', 'state', 'another'), {});
  await store.database.collections.conversations.updateOne({ _id: 'c1' }, { $set: { state } });
  await person('p1', 'Lò Thị Mẩy');
  await declaration('d1', 'p1', ['c1']);
  expect(await reachOf(parts, 'c1')).toEqual({
    declared: { name: 'người p1', phone: '+84912345678', at: NOW },
  });
});

test('a person whose record cannot be opened is not known', async () => {
  await chat('c1', remembering({ person: 'p1' }));
  await person('p2', 'Lò Thị Mẩy');
  const other = await store.database.collections.people.findOne({ _id: 'p2' });
  if (other) await store.database.collections.people.insertOne({ ...other, _id: 'p1' });
  expect(await reachOf(parts, 'c1')).toEqual({});
});
