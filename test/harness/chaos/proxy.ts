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
  readonly name: Hardship;
}

export interface Way {
  readonly url: string;
  readonly port: number;
  /** From now on lines may be cut or slow. */
  rough(on: boolean): void;
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
}

const luckOf = (random: Random, { cut, cutAfter, slow, delay }: Weather): Luck => ({
  ...(random.chance(cut) && { cutAfter: random.between(...cutAfter) }),
  delay: random.chance(slow) ? random.between(...delay) : 0,
});

const pass = (from: Socket, to: Socket, delay: number): void => {
  from.on('data', (chunk) => {
    if (delay > 0) setTimeout(() => to.writable && to.write(chunk), delay);
    else to.write(chunk);
  });
  from.on('close', () => setTimeout(() => to.destroy(), delay));
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

const join = (client: Socket, to: Socket, delay: number): void => {
  pass(client, to, delay);
  pass(to, client, delay);
  client.resume();
};

/** A round robin over some ports, by line: cuts lines (a reset, not a farewell) and slows them. */
export const startProxy = async ({ ports, random, tally, weather }: ProxyParts): Promise<Way> => {
  const open = new Set<Socket>();
  let turn = 0;
  let rough = false;
  const cut = (client: Socket): void => {
    if (client.destroyed) return;
    client.resetAndDestroy();
    tally.add(weather.name);
  };
  const server = createServer({ noDelay: true, pauseOnConnect: true }, (client) => {
    open.add(client);
    client.on('close', () => open.delete(client)).on('error', () => client.destroy());
    turn += 1;
    const { cutAfter, delay } = rough ? luckOf(random, weather) : { delay: 0 };
    if (delay > 0) tally.add('lines slowed');
    reach(ports, turn % ports.length, 0, (to) => {
      if (to !== undefined && !client.destroyed) join(client, to, delay);
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
    close: () =>
      new Promise((resolve) => {
        for (const line of open) line.destroy();
        server.close(() => resolve());
      }),
  };
};
