import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type CampaignPlan, USUAL_PLAN } from '../../../src/domain/campaign/campaign.ts';
import { recipientsIn, wanted } from '../../../src/services/campaigns/recipients.ts';
import { Broadcast, FIRST } from './broadcast.ts';

let world: Broadcast;
beforeAll(async () => {
  world = await Broadcast.open();
});
beforeEach(() => world.begin());
afterAll(() => world.close());

const plan: CampaignPlan = {
  ...USUAL_PLAN,
  text: 'Mời khai báo.',
  audience: { kind: 'notDeclared' },
  from: FIRST,
};

test('a conversation or a person that cannot be opened keeps nobody else out, and is reported', async () => {
  const [shut, known, declared] = [await world.citizen(), await world.citizen(), await world.citizen()];
  const { conversations, people } = world.office.collections;
  await world.declare(declared);
  const nonsense = Buffer.from('not sealed by us');
  await conversations.updateOne({ _id: shut.chat }, { $set: { state: nonsense } });
  for (const { person = '' } of [known, declared])
    await people.updateOne({ _id: person }, { $set: { sealed: nonsense } });
  const stuck: string[] = [];
  const parts = {
    ...world.office.parts,
    onStuck: (_error: unknown, { collection, id }: { collection: string; id: string }) =>
      void stuck.push(`${collection} ${id}`),
  };
  const theirs = { _id: { $in: [shut.chat, known.chat, declared.chat] } };
  const docs = await conversations.find(theirs).toArray();
  const found = await recipientsIn(parts, plan, docs, world.office.now);
  expect(found.map(({ id }) => id).sort()).toEqual([known.chat, declared.chat].sort());
  // That somebody has declared stands in the open: they are not asked to for a name that cannot be read.
  expect(found.filter((each) => wanted(plan, each)).map(({ id }) => id)).toEqual([known.chat]);
  expect(stuck.sort()).toEqual(
    [`conversations ${shut.chat}`, `people ${known.person}`, `people ${declared.person}`].sort(),
  );
});
