/** What all peers share: the database as safe as ours, an express webhook of their own, answers to the bench's questions. */
import { createServer } from 'node:http';
import express from 'express';
import { MongoClient } from 'mongodb';

/** Said explicitly, as in our own store: on most members, in their journal. */
const DURABLE = { w: 'majority', journal: true };

export const API_ROOT = process.env.API_ROOT ?? '';
export const TOKEN = process.env.BOT_TOKEN ?? '';
export const ME = {
  id: Number(TOKEN.split(':')[0]),
  is_bot: true,
  first_name: 'Bench',
  username: 'bench_bot',
  can_join_groups: false,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
};

/**
 * `key`: the field the store looks its sessions up by. Neither store makes an index for it; without one every look
 * is a scan of the whole collection, so we make it for them.
 * @param {string} [key]
 */
export const openDatabase = async (key) => {
  const uri = process.env.MONGODB_URI ?? '';
  const client = new MongoClient(uri, { writeConcern: DURABLE, readConcern: { level: 'majority' } });
  await client.connect();
  const db = client.db();
  const sessions = db.collection('sessions');
  const declarations = db.collection('declarations');
  await db.createCollection('sessions');
  await db.createCollection('declarations');
  if (key !== undefined) await sessions.createIndex({ [key]: 1 }, { unique: true });
  return { client, db, sessions, declarations };
};

/** A finished declaration, as durable as the session. */
export const keepDeclaration = (declarations, chat, answers) =>
  declarations.insertOne({ chat, answers, at: new Date() });

/**
 * @param {object} bot
 * @param {string} bot.path where updates are posted
 * @param {(req, res) => Promise<void>} bot.take rejects when the update is to come again
 * @param {(session) => { chat: string, answers: string[] } | undefined} bot.unfinished
 */
export const serve = async ({ path, take, unfinished, sessions, declarations }) => {
  const app = express();
  app.disable('x-powered-by').set('etag', false);
  app.post(path, express.json({ limit: '1mb' }), async (req, res) => {
    try {
      await take(req, res);
      if (!res.headersSent) res.json({});
    } catch (error) {
      process.stderr.write(`${error?.stack ?? error}\n`);
      if (!res.headersSent) res.status(500).json({});
    }
  });
  // As khaibao's own: Node's 511 would drop some of a thousand chats that come at once, and measure the kernel.
  const server = createServer(app).listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
  await new Promise((resolve) => server.once('listening', resolve));
  answerQuestions({
    usage: async () => ({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() }),
    size: async () => sizeOf(sessions),
    answers: async () => {
      const open = (await sessions.find().toArray()).map(unfinished).filter(Boolean);
      const done = await declarations.find().sort({ at: 1 }).toArray();
      return [...done.map(({ chat, answers }) => ({ chat: String(chat), answers })), ...open];
    },
  });
  process.send?.({ ready: { hook: `http://127.0.0.1:${server.address().port}${path}` } });
};

/** Bytes of one stored session, on average. */
const sizeOf = async (sessions) => {
  const [found] = await sessions
    .aggregate([{ $group: { _id: null, bytes: { $avg: { $bsonSize: '$$ROOT' } } } }])
    .toArray();
  return found?.bytes ?? 0;
};

export const answerQuestions = (handlers) => {
  process.on('message', async ({ id, ask }) => {
    try {
      process.send?.({ id, answer: await handlers[ask]() });
    } catch (error) {
      process.send?.({ id, error: String(error) });
    }
  });
  process.on('disconnect', () => process.exit());
};
