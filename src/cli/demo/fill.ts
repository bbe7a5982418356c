import { SingleBar } from 'cli-progress';
import type { Store } from '../../app/store.ts';
import { dayOf } from '../../domain/day.ts';
import type { Json } from '../../domain/json.ts';
import { assess } from '../../domain/risk/assess.ts';
import { chatIdBy } from '../../services/chatId.ts';
import { submitDeclaration } from '../../services/declarations/submit.ts';
import { latestRules } from '../../services/risk/rules.ts';
import { shippedRules } from '../../services/risk/shipped.ts';
import { listZones } from '../../services/zones/zones.ts';
import type { Effect } from '../../store/effect.ts';
import { partsOf } from '../withStore.ts';
import { madeUp, seeded } from './people.ts';

/** Documents in one write. */
const BATCH = 500;
/** Repeats the same province each time. */
const SEED = 1670;

type Inserted = Extract<Effect, { insert: unknown }>['insert'];

const insertAll = async ({ database }: Store, effects: readonly Effect[]): Promise<void> => {
  const inserts = effects.flatMap((effect): Inserted[] => ('insert' in effect ? [effect.insert] : []));
  for (const name of new Set(inserts.map(({ collection }) => collection))) {
    const documents = inserts
      .filter(({ collection }) => collection === name)
      .flatMap(({ documents }) => documents);
    // Every collection here takes what its own service planned; the driver's types cannot know which.
    await database.connection.collection(name).insertMany([...documents], { ordered: false });
  }
};

const judge = async (store: Store) => {
  const { collections } = store.database;
  const { gazetteer, now } = partsOf(store);
  const areaOf = (code: string): string => gazetteer.get(code)?.path ?? code;
  const rules = (await latestRules(collections.rules))?.rules ?? shippedRules();
  const zones = await listZones(collections.zones, areaOf, now);
  return {
    areaOf,
    rules: () => rules,
    assess: (declared: Parameters<typeof assess>[2]['declared'], today: string) =>
      assess(rules, zones, { declared, today, areaOf }),
  };
};

/** Fills the province with so many made-up people, through the service that takes real declarations. Alerts nobody. */
export const fillProvince = async (store: Store, count: number): Promise<void> => {
  const { gazetteer, home, now } = partsOf(store);
  const communes = gazetteer.children(home).map(({ code }) => code);
  const { models } = store.database;
  const submit = submitDeclaration({
    ...store,
    models,
    ...(await judge(store)),
    alert: async () => ({ staff: 'none', effects: [] }),
    withdrawn: async () => [],
    hotline: '',
  });
  const chance = seeded(SEED);
  const bar = new SingleBar({
    format: '{bar} {value}/{total} made-up people',
    noTTYOutput: true,
    notTTYSchedule: 1000,
  });
  bar.start(count, 0);
  for (let done = 0; done < count; done += BATCH) {
    const effects: Effect[] = [];
    for (let n = done; n < Math.min(done + BATCH, count); n += 1) {
      const args = {
        whom: 'me',
        declared: madeUp(communes, dayOf(now), chance),
        consent: 'demo',
      } as unknown as Json;
      const chat = chatIdBy(store.index)('demo', `${now}|${n}`);
      const context = {
        chat,
        own: chat,
        channel: 'demo',
        memory: {},
        lang: 'vi',
        now,
      } as const;
      effects.push(...((await submit(args, context)).effects ?? []));
    }
    await insertAll(store, effects);
    bar.update(Math.min(done + BATCH, count));
  }
  bar.stop();
};
