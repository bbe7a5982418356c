import type { Doors } from './post.ts';
import { startProxy, type Weather } from './proxy.ts';
import { randomOf } from './random.ts';
import type { Tally } from './tally.ts';

/** People's lines are short, one for each post: a bad afternoon on a mountain's mobile net. */
const MOUNTAIN: Weather = {
  name: 'lines',
  cut: 0.03,
  cutAfter: [0, 60],
  slow: 0.05,
  delay: [20, 400],
};
/** The servers' lines to Telegram are kept, and so are those to the database: each is cut in the midst of its work. */
const ABROAD: Weather = { name: 'lines', cut: 0.2, cutAfter: [50, 3_000], slow: 0.1, delay: [20, 200] };
const HOUSE: Weather = {
  name: 'database lines',
  cut: 0.15,
  cutAfter: [100, 4_000],
  slow: 0.1,
  delay: [5, 60],
};

export interface WaysParts {
  readonly seed: number;
  readonly tally: Tally;
  readonly servers: readonly number[];
  /** How many of the servers, from the first one, take the webhook. */
  readonly hooks: number;
  readonly api: number;
  readonly database: number;
}

/** Everything that lies between people, servers, platform and database. */
export const openWays = async ({ seed, tally, servers, hooks, api, database }: WaysParts) => {
  const open = (name: string, ports: readonly number[], weather: Weather): ReturnType<typeof startProxy> =>
    startProxy({ ports, random: randomOf(seed, name), tally, weather });
  const [toHooks, toAll, toApi, toDatabase] = await Promise.all([
    open('hooks', servers.slice(0, hooks), MOUNTAIN),
    open('web', servers, MOUNTAIN),
    open('api', [api], ABROAD),
    open('database', [database], HOUSE),
  ]);
  const toEach = await Promise.all(servers.map((port) => open(`server ${port}`, [port], MOUNTAIN)));
  const all = [toHooks, toAll, toApi, toDatabase, ...toEach];
  const each = toEach.map(({ url }) => url);
  return {
    hooks: { url: toHooks.url, each: each.slice(0, hooks) } satisfies Doors,
    web: { url: toAll.url, each } satisfies Doors,
    api: toApi.url,
    database: toDatabase.port,
    rough: (on: boolean): void => {
      for (const proxy of all) proxy.rough(on);
    },
    close: (): Promise<unknown> => Promise.all(all.map((proxy) => proxy.close())),
  };
};
