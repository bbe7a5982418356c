import { connect, createServer, type Socket } from 'node:net';
import { listenAnywhere } from '../listen.ts';
import type { Random } from './random.ts';
import type { Hardship, Tally } from './tally.ts';

/** How bad a way is: shares of its lines, and ms. */
export interface Weather {
  readonly cut: number;
  readonly cutAfter: readonly [number, number];
  readonly slow: number;
  readonly delay: readonly [number, number];
  /** Share of lines of which one end learns late that the other one closed. */
  readonly lingers?: number;
  /** What its lines are counted as. */
  readonly name: 'lines' | 'database lines';
}

export interface Way {
  readonly url: string;
  readonly port: number;
  /** From now on lines may be cut or slow. */
  rough(on: boolean): void;
  /** One of the lines swallows everything from now on, and does not close: it is half-open. */
  pierce(): void;
  /** What that is counted as. */
  readonly pierced: Hardship;
  /** All lines are reset, and new ones too, for so long (ms). */
  down(ms: number): void;
  close(): Promise<void>;
}

export interface ProxyParts {
  readonly ports: readonly number[];
  readonly random: Random;
  readonly tally: Tally;
  readonly weather: Weather;
}

/** How one line fares, drawn when it opens. */
interface Luck {
  readonly cutAfter?: number;
  readonly delay: number;
  readonly linger: number;
}

const CALM: Luck = { delay: 0, linger: 0 };
const LINGER = [300, 2_000] as const;

const luckOf = (random: Random, weather: Weather): Luck => {
  const { cut, cutAfter, slow, delay, lingers } = weather;
  return {
    ...(random.chance(cut) && { cutAfter: random.between(...cutAfter) }),
    delay: random.chance(slow) ? random.between(...delay) : 0,
    linger: lingers !== undefined && random.chance(lingers) ? random.between(...LINGER) : 0,
  };
};

const pass = (from: Socket, to: Socket, { delay, linger }: Luck, isHole: () => boolean): void => {
  from.on('data', (chunk) => {
    if (isHole()) return;
    if (delay > 0) setTimeout(() => to.writable && to.write(chunk), delay);
    else to.write(chunk);
  });
  from.on('close', () => setTimeout(() => to.destroy(), delay + linger));
  from.on('error', () => to.destroy());
};

/** To the first target that answers, beginning with the next in turn. */
const reach = (ports: readonly number[], first: number, tried: number, met: (to?: Socket) => void): void => {
  const port = ports[(first + tried) % ports.length];
  if (port === undefined || tried === ports.length) return met();
  const line = connect({ port, host: '127.0.0.1', noDelay: true });
  const next = () => reach(ports, first, tried + 1, met);
  line.once('error', next).once('connect', () => {
    line.off('error', next);
    met(line);
  });
};

const join = (client: Socket, to: Socket, luck: Luck, isHole: () => boolean): void => {
  pass(client, to, luck, isHole);
  pass(to, client, luck, isHole);
  client.resume();
};

/** A round robin over some ports, by line: cuts lines (a reset, not a farewell) and slows them. */
export const startProxy = async ({ ports, random, tally, weather }: ProxyParts): Promise<Way> => {
  const open = new Set<Socket>();
  const silent = new WeakSet<Socket>();
  const pierced: Hardship = `${weather.name} half-open`;
  let turn = 0;
  let rough = false;
  let downUntil = 0;
  const cut = (client: Socket): void => {
    if (client.destroyed) return;
    client.resetAndDestroy();
    tally.add(`${weather.name} cut`);
  };
  const count = ({ delay, linger }: Luck): void => {
    if (delay > 0) tally.add('lines slowed');
    if (linger > 0) tally.add(`${weather.name} closed slowly`);
  };
  const server = createServer({ noDelay: true, pauseOnConnect: true }, (client) => {
    open.add(client);
    client.on('close', () => open.delete(client)).on('error', () => client.destroy());
    turn += 1;
    if (performance.now() < downUntil) return void client.resetAndDestroy();
    const luck = rough ? luckOf(random, weather) : CALM;
    const { cutAfter } = luck;
    count(luck);
    reach(ports, turn % ports.length, 0, (to) => {
      if (to !== undefined && !client.destroyed) join(client, to, luck, () => silent.has(client));
      else for (const end of [client, to]) end?.destroy();
      if (cutAfter !== undefined) setTimeout(() => cut(client), cutAfter);
    });
  });
  const port = await listenAnywhere(server);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    rough: (on) => {
      rough = on;
    },
    pierced,
    pierce: () => {
      const whole = [...open].filter((line) => !silent.has(line));
      if (whole.length === 0) return;
      silent.add(random.pick(whole));
      tally.add(pierced);
    },
    down: (ms) => {
      downUntil = performance.now() + ms;
      for (const line of open) line.resetAndDestroy();
      tally.add('ways down');
    },
    close: () =>
      new Promise((resolve) => {
        for (const line of open) line.destroy();
        server.close(() => resolve());
      }),
  };
};
