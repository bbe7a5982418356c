import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Conversations } from '../../src/store/conversations.ts';
import { insert } from '../../src/store/effect.ts';
import { joinStore, newConversation, nextCommit, type OpenStore, openStore } from './open-store.ts';

/** A line to the database that can lose what is said on it. */
interface Line {
  readonly port: number;
  /** The next command with this word in it loses its answer (it was carried out), or is itself lost. */
  lose(what: 'answer' | 'question', word: string): void;
  readonly lost: number;
  close(): Promise<void>;
}

const openLine = async (target: number): Promise<Line> => {
  const sockets = new Set<Socket>();
  let armed: { what: 'answer' | 'question'; word: string } | undefined;
  let lost = 0;
  const server: Server = createServer((client) => {
    const database = dial(target, '127.0.0.1');
    let mute = false;
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => [client, database].map((each) => each.destroy()));
    }
    client.on('data', (bytes) => {
      const meant = armed !== undefined && bytes.includes(armed.word);
      if (meant) {
        mute = armed?.what === 'answer';
        lost += 1;
        if (!mute) client.resetAndDestroy();
        armed = undefined;
      }
      if (!client.destroyed) database.write(bytes);
    });
    database.on('data', (bytes) => void (mute ? client.resetAndDestroy() : client.write(bytes)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    lose: (what, word) => {
      armed = { what, word };
    },
    get lost() {
      return lost;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

let store: OpenStore;
let line: Line;
let far: OpenStore;
let conversations: Conversations;

beforeAll(async () => {
  store = await openStore();
  const uri = new URL(store.uri);
  line = await openLine(Number(uri.port));
  far = await joinStore(`mongodb://127.0.0.1:${line.port}${uri.pathname}?directConnection=true`);
  conversations = new Conversations(far.database, far.sealer);
});
afterAll(async () => {
  await conversations.close();
  await far.close();
  await line.close();
  await store.close();
});

const zone = (id: string) => ({ _id: id, placeCode: '12/03595', level: 'high', from: new Date(0) });

test.each([
  ['the answer to a write', 'answer', 'updates', 0],
  ['a write', 'question', 'updates', 0],
  ['the answer to a commit of a transaction', 'answer', 'commitTransaction', 1],
  ['the commit of a transaction', 'question', 'commitTransaction', 1],
] as const)(
  'when %s is lost with its line, it is found out what is in, and nobody is turned away',
  async (...row) => {
    const [name, what, word, effects] = row;
    const before = line.lost;
    const first = Array.from({ length: 3 }, () => nextCommit(newConversation()));
    await Promise.all(first.map((commit) => conversations.commit(commit)));
    line.lose(what, word);
    const next = first.map(({ next: chat }, n) =>
      nextCommit(chat, effects > n ? { effects: [insert('zones', zone(`${name}${n}`))] } : {}),
    );
    const written = await Promise.all(next.map((commit) => conversations.commit(commit)));
    expect(written).toEqual(['committed', 'committed', 'committed']);
    expect(line.lost).toBe(before + 1);
    for (const { next: chat } of next)
      expect(await conversations.load(chat.id)).toMatchObject({ rev: 2, state: { count: 2 } });
    const { zones } = store.database.collections;
    expect(await zones.countDocuments({ _id: { $regex: `^${name}` } })).toBe(effects);
  },
);
