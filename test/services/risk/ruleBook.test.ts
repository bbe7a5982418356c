import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRuleBook, type RuleBook } from '../../../src/services/risk/ruleBook.ts';
import { latestRules, loadRules, loadShipped, rulesHistory } from '../../../src/services/risk/rules.ts';
import { shippedRules } from '../../../src/services/risk/shipped.ts';
import { addZone, endZones } from '../../../src/services/zones/zones.ts';
import { areaOf, declaredOf, TODAY } from '../../domain/risk/facts.ts';
import { NOW } from '../../harness/talk.ts';
import { type OpenStore, openStore } from '../../store/open-store.ts';
import { until } from '../converse/toy.ts';

let store: OpenStore;
beforeAll(async () => {
  store = await openStore();
});
beforeEach(async () => {
  await rules().deleteMany({});
  await zones().deleteMany({});
});
afterAll(() => store.close());

const rules = () => store.database.collections.rules;
const zones = () => store.database.collections.zones;
const shipped = shippedRules();
const newer = { ...shipped, version: '2026-12' };

const withBook = async (work: (book: RuleBook, errors: unknown[]) => Promise<void>, pollEvery = 60_000) => {
  const errors: unknown[] = [];
  const book = await createRuleBook({
    collections: store.database.collections,
    shipped,
    areaOf,
    now: () => NOW,
    pollEvery,
    onError: (error) => void errors.push(error),
  });
  try {
    await work(book, errors);
  } finally {
    await book.close();
  }
};

const judged = (book: RuleBook) => book.assess(declaredOf({}), TODAY);
/** The change streams open in the background: until a zone that comes is seen, and that it goes. */
const settled = async (book: RuleBook): Promise<void> => {
  const count = () => book.current().zones.length;
  let tries = 0;
  await until(async () => {
    // Each another one: the very same zone twice is no news.
    tries += 1;
    await addZone(zones(), { place: '79', level: 'red', from: '2026-11-20', disease: `d${tries}` });
    return count() > 0;
  });
  await until(async () => {
    await zones().deleteMany({});
    return count() === 0;
  });
};

describe('the rules', () => {
  test('of the release are loaded at the first start, by any number of processes once', async () => {
    await Promise.all(Array.from({ length: 5 }, () => loadShipped(rules(), shipped, NOW)));
    expect(await rulesHistory(rules())).toMatchObject([{ _id: 1, version: shipped.version, by: 'release' }]);
  });

  test('a newer release replaces those of an older one', async () => {
    await loadShipped(rules(), shipped, NOW);
    await loadShipped(rules(), newer, NOW);
    expect((await latestRules(rules()))?.rules.version).toBe('2026-12');
  });

  test('a release does not undo what the province decided', async () => {
    await loadShipped(rules(), shipped, NOW);
    await loadRules(rules(), { ...shipped, version: 'lc-1' }, 'Sở Y tế', NOW);
    await loadShipped(rules(), newer, NOW);
    expect(await latestRules(rules())).toMatchObject({
      revision: 2,
      by: 'Sở Y tế',
      rules: { version: 'lc-1' },
    });
  });

  test('ten loaded at once are all kept', async () => {
    const loads = Array.from({ length: 4 }, (_, n) =>
      loadRules(rules(), { ...shipped, version: `v${n}` }, 'x', NOW),
    );
    expect((await Promise.all(loads)).sort()).toEqual([1, 2, 3, 4]);
  });

  test('a running process judges by new ones at once', async () => {
    await withBook(async (book) => {
      await settled(book);
      await until(async () => {
        await loadRules(rules(), { ...newer, alertFrom: 'critical' }, 'Sở Y tế', NOW); // their stream may open later
        return book.current().rules.version === '2026-12';
      });
      expect(judged(book).rules).toBe('2026-12');
    });
  });

  test('ones that cannot be read leave the last in force, and somebody is told', async () => {
    await withBook(async (book, errors) => {
      await settled(book);
      let revision = 9;
      await until(async () => {
        const none = { version: 'x', at: new Date(NOW), by: 'x', body: { rules: 'none' } };
        await rules().insertOne({ _id: revision, ...none });
        revision += 1;
        return errors.length > 0;
      });
      expect(book.current().rules).toEqual(shipped);
    });
  });
});

describe('zones', () => {
  test('a running process judges by a new one at once, and by its end', async () => {
    await withBook(async (book) => {
      await settled(book);
      expect(judged(book).level).toBe('low');
      await addZone(zones(), { place: '01', level: 'red', from: '2026-11-20' });
      await until(() => judged(book).level === 'moderate');
      expect(judged(book).reasons).toEqual([{ key: 'risk.reason.redZone', values: { place: '01' } }]);
      expect(book.current().zones).toMatchObject([
        { place: '01', area: '01', level: 'red', from: '2026-11-20' },
      ]);
      expect(await endZones(zones(), '01', '2026-11-05')).toBe(1);
      await until(() => judged(book).level === 'low');
    });
  });

  test('also when the change stream says nothing', async () => {
    await withBook(async (book) => {
      const code = { _id: 'z', placeCode: '01', level: 'red', from: new Date('2026-11-20') };
      await zones().insertOne(code); // before the stream is open
      await until(() => judged(book).level === 'moderate');
    }, 200);
  });

  test('days are kept as they were given, both included', async () => {
    await addZone(zones(), {
      place: '03595',
      level: 'orange',
      from: '2026-11-01',
      to: '2026-11-30',
      disease: 'cholera',
    });
    await withBook(async (book) => {
      expect(book.current().zones).toMatchObject([
        {
          place: '03595',
          area: '12/03595',
          level: 'orange',
          from: '2026-11-01',
          to: '2026-11-30',
          disease: 'cholera',
        },
      ]);
    });
  });

  test('one that ended longer ago than any incubation is not looked at', async () => {
    await addZone(zones(), { place: '01', level: 'red', from: '2026-01-01', to: '2026-08-01' });
    await addZone(zones(), { place: '79', level: 'red', from: '2026-01-01', to: '2026-11-01' });
    await withBook(async (book) => {
      expect(book.current().zones.map(({ place }) => place)).toEqual(['79']);
    });
  });
});
