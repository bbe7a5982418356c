import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Random } from './random.ts';

/** Of a hundred lines so many are cut on the way, and so many are slow: a bad afternoon on a mountain's mobile net. */
const CUT = 0.02;
const SLOW = 0.05;

export interface Proxy {
  readonly url: string;
  /** From now on lines may be cut or slow. */
  rough(on: boolean): void;
  close(): Promise<void>;
}

/** How one line fares, drawn when it opens. */
interface Luck {
  readonly cutAfter?: number;
  readonly delay: number;
}

const luckOf = (random: Random): Luck => ({
  ...(random.chance(CUT) && { cutAfter: random.between(0, 60) }),
  delay: random.chance(SLOW) ? random.between(20, 400) : 0,
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

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

/** A round robin over the processes, by line: cuts lines (a reset, not a farewell) and slows them. */
export const startProxy = async (ports: readonly number[], random: Random): Promise<Proxy> => {
  const open = new Set<Socket>();
  let turn = 0;
  let rough = false;
  const server = createServer({ noDelay: true, pauseOnConnect: true }, (client) => {
    open.add(client);
    client.on('close', () => open.delete(client)).on('error', () => client.destroy());
    turn += 1;
    const { cutAfter, delay } = rough ? luckOf(random) : { delay: 0 };
    reach(ports, turn % ports.length, 0, (to) => {
      if (to === undefined || client.destroyed) {
        client.destroy();
        to?.destroy();
        return;
      }
      pass(client, to, delay);
      pass(to, client, delay);
      client.resume();
      if (cutAfter !== undefined) setTimeout(() => client.resetAndDestroy(), cutAfter);
    });
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
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
