import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Audience } from '../../../src/domain/campaign/campaign.ts';
import { DAY_MS } from '../../../src/domain/day.ts';
import { declaredOf } from '../../domain/risk/facts.ts';
import { Broadcast, FIRST } from './broadcast.ts';

let world: Broadcast;
beforeAll(async () => {
  world = await Broadcast.open();
});
beforeEach(() => world.begin());
afterAll(() => world.close());

const BY_COACH = declaredOf({}).trip;
const { vehicle: _, ...journey } = BY_COACH;

/** People by how they came: their chats, by what they are called here. */
const arrivals = async () => {
  const [coach, rider, walker, former, silent, unknown] = [
    await world.citizen(),
    await world.citizen(),
    await world.citizen(),
    await world.citizen(),
    await world.citizen(),
    await world.citizen({ person: false }),
  ];
  // They declare for others: a driver in two of them, who came on foot; a firm that nobody is known of; on foot and by train.
  const [driver, firm, guide] = [
    await world.citizen(),
    await world.citizen({ person: false }),
    await world.citizen(),
  ];
  await world.declare(coach);
  await world.declare(rider, { ...BY_COACH, means: 'motorbike', vehicle: '25B1-123.45' });
  await world.declare(walker, { ...journey, means: 'foot' });
  for (const trip of [BY_COACH, { ...BY_COACH, vehicle: '25B-678.90' }])
    await world.declare({ chat: driver.chat }, trip, 'other');
  await world.declare(driver, { ...journey, means: 'foot' }, 'me');
  await world.declare({ chat: firm.chat }, { ...BY_COACH, means: 'lorry', vehicle: '25C-111.11' });
  await world.declare({ chat: guide.chat }, { ...journey, means: 'foot' }, 'other');
  await world.declare({ chat: guide.chat }, { ...BY_COACH, means: 'train', vehicle: 'SP1' }, 'other');
  world.office.now -= 5 * DAY_MS;
  await world.declare(former, { ...BY_COACH, means: 'train', vehicle: 'SP1' });
  world.office.now += 5 * DAY_MS;
  return { coach, rider, walker, former, silent, unknown, driver, firm, guide };
};

test.each<[Audience, readonly string[]]>([
  [{ kind: 'notDeclared' }, ['former', 'silent', 'unknown', 'firm', 'guide']],
  [{ kind: 'means', means: ['coach', 'foot'] }, ['coach', 'walker', 'driver']],
  [{ kind: 'means', means: ['train'] }, ['former']],
  [{ kind: 'vehicles', plates: [] }, ['coach', 'rider']],
  [{ kind: 'vehicles', plates: ['25B1-123.45'] }, ['rider']],
  [{ kind: 'operators', plates: [] }, ['driver', 'firm']],
  [{ kind: 'operators', plates: ['25B-678.90'] }, ['driver']],
])('%j: fixed before the first day, and nobody else is written to', async (audience, wanted) => {
  const people = Object.entries(await arrivals());
  const id = await world.approved({ audience, channels: ['telegram'], days: 1 });
  world.start();
  await world.tick(FIRST, '07:30');
  await world.tick(FIRST, '08:00');
  await world.quiet();
  const addresses = new Set(
    world.took.filter(({ id: row }) => row.startsWith(id)).map(({ address }) => address),
  );
  const names = people.flatMap(([name, { address }]) => (addresses.has(address) ? [name] : []));
  expect(names).toEqual(wanted);
  // The two who write and approve have a chat on the web: it is theirs who have not declared, and no way of this one.
  const staff = audience.kind === 'notDeclared' ? 2 : 0;
  const { campaigns } = world.office.collections;
  expect((await campaigns.findOne({ _id: id }))?.total).toBe(wanted.length + staff);
});
