import { queueOf } from './acts.ts';
import { parseJsonObject } from './body.ts';
import { createCourier } from './courier.ts';
import { carryOut } from './desk.ts';
import { createFaults } from './faults.ts';
import { createFiles } from './files.ts';
import { createGroup } from './groups.ts';
import { type Kept, type Line, listen } from './http.ts';
import { createUser } from './people.ts';
import { createPoll } from './poll.ts';
import { createProfile } from './profile.ts';
import { createQueries } from './queries.ts';
import { Refusal } from './refusal.ts';
import { createRooms } from './rooms.ts';
import type { FakeGroup, FakeTelegram, FakeUser, GroupOptions, Options, UserOptions } from './types.ts';
import { createUpdates } from './updates.ts';
import type { User } from './wire.ts';
import type { World } from './world.ts';

export type * from './types.ts';
export type { Update } from './wire.ts';

/** Made up; the shape is BotFather's: the bot's id, a colon, 35 characters. */
const TOKEN = '123456789:AAmadeUpForTestsOnly_0123456789-abc';

const DEFAULTS: Required<Options> = {
  token: TOKEN,
  second: 1_000,
  webhookWait: 60_000,
  messageLife: 86_400_000,
  queryLife: 150_000,
  answerLife: 15_000,
  firstUpdate: 0,
};

/** What a webhook's answer cannot ask for (tdlib/telegram-bot-api, WebhookActor). */
const NOT_BY_WEBHOOK = /^(get.*|setwebhook|deletewebhook|close|logout)$/i;

const BOT: User = {
  id: 123_456_789,
  is_bot: true,
  first_name: 'Khai báo thử',
  username: 'khaibao_thu_bot',
};

/** The parts, tied together; a webhook's answer may carry one call in its body. */
const createWorld = (options: Required<Options>, calls: Kept[]): World => {
  const updates = createUpdates(options);
  const byWebhook = (body: string): void => {
    const { method, ...params } = body.startsWith('{') ? parseJsonObject(body) : {};
    if (typeof method !== 'string' || NOT_BY_WEBHOOK.test(method)) return;
    const call: Kept = { method, params, at: Date.now(), byWebhook: true };
    calls.push(call);
    void carryOut(world, method, params, new AbortController().signal).then((answer) => {
      call.answer = answer;
    });
  };
  const world: World = {
    bot: { ...BOT, id: Number(options.token.split(':')[0]) },
    rooms: createRooms(),
    updates,
    files: createFiles(),
    queries: createQueries(options.answerLife),
    profile: createProfile(),
    poll: createPoll(updates),
    courier: createCourier(updates, options, byWebhook),
    second: options.second,
  };
  return world;
};

/** Private chats have the person's number; groups a negative one, supergroups and channels -100 before it. */
const createPeople = (world: World) => {
  let lastId = 5_000_000_000 + Math.floor(Math.random() * 1e6);
  const newId = (): number => {
    lastId += 1;
    return lastId;
  };
  const user = (options: UserOptions = {}): FakeUser => {
    const id = options.id ?? newId();
    const first_name = options.firstName ?? 'Người thử';
    const who: User = { id, is_bot: false, first_name, language_code: options.language ?? 'vi' };
    return createUser(
      world,
      world.rooms.open({ id, type: 'private', first_name }, 'never started', who),
      who,
    );
  };
  const bigId = (): number => -(1_000_000_000_000 + newId());
  const group = ({ type = 'group', title = 'Nhóm thử' }: GroupOptions = {}): FakeGroup => {
    const id = type === 'group' ? -newId() : bigId();
    const by: User = { id: newId(), is_bot: false, first_name: 'Người trong nhóm', language_code: 'vi' };
    return createGroup(world, world.rooms.open({ id, type, title }, 'left'), by, bigId);
  };
  return { user, group };
};

export const startFakeTelegram = async (given: Options = {}): Promise<FakeTelegram> => {
  const options = { ...DEFAULTS, ...given };
  const line: Line = { outage: false, calls: [], faults: createFaults(), token: options.token };
  const world = createWorld(options, line.calls);
  const { updates, courier, profile, poll, rooms } = world;
  const server = await listen(world, line);
  return {
    apiRoot: server.url,
    token: options.token,
    username: BOT.username ?? '',
    calls: line.calls,
    ...createPeople(world),
    push: (update, queue = queueOf(update)) => updates.push(update, queue),
    update: updates.find,
    fail: (method, answer, times = 1, chat) => line.faults.arm(method, answer, times, chat),
    outage: (on) => {
      line.outage = on;
      if (on) poll.end(new Refusal(502, 'Bad Gateway'));
    },
    confirmed: updates.confirmed,
    pending: () => updates.live().length,
    webhook: () => courier.hook(),
    commands: (language = '') => profile.commands('default::', language),
    description: (language = '') => profile.about('description', language),
    shortDescription: (language = '') => profile.about('short_description', language),
    redeliver: updates.redeliver,
    close: async () => {
      courier.stop();
      rooms.close();
      await server.close();
    },
  };
};
