import type { RawRequest } from '../../../bots/port.ts';
import { type FakeTelegram, startFakeTelegram } from '../../harness/telegram/server.ts';
import { type Contract, type Fault, REPORT_FILE, type Recorded } from '../contract.ts';
import { payloadsOf } from './payloads.ts';
import { phoneOf } from './phone.ts';

export const SECRET = 'made-up-secret_for-tests-0123456789';
const HEADER = 'x-telegram-bot-api-secret-token';

const faultsOf = (fake: FakeTelegram, chat: number): readonly Fault[] => {
  const answered = (
    status: number,
    description: string,
    fault: Fault['fault'],
    retryAfter?: number,
  ): Fault => ({
    title: `${status} ${description}`,
    arm: () => {
      const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } };
      fake.fail('sendMessage', { status, description, ...parameters }, 1, chat);
    },
    fault,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
  const broken = (how: 'drop' | 'garbage'): Fault => ({
    title: how,
    arm: () => fake.fail('sendMessage', how, 1, chat),
    fault: 'temporary',
    doubtful: true,
  });
  return [
    answered(403, 'Forbidden: bot was blocked by the user', 'stopped'),
    answered(403, 'Forbidden: user is deactivated', 'stopped'),
    answered(403, "Forbidden: bot can't initiate conversation with a user", 'stopped'),
    answered(400, 'Bad Request: chat not found', 'stopped'),
    answered(400, 'Bad Request: message text is empty', 'permanent'),
    answered(401, 'Unauthorized', 'temporary'),
    answered(404, 'Not Found', 'temporary'),
    answered(500, 'Internal Server Error', 'temporary'),
    { ...answered(502, 'Bad Gateway', 'temporary'), doubtful: true },
    broken('drop'),
    broken('garbage'),
    // The last: from here on the chat is left alone for that long.
    answered(429, 'Too Many Requests: retry after 2', 'throttled', 2),
  ];
};

const record = async (fake: FakeTelegram): Promise<Recorded> => {
  const user = fake.user();
  user.say('/start');
  await user.next();
  const post = (body: unknown): RawRequest => ({ headers: { [HEADER]: SECRET }, body });
  const { good, unknown, letsIn } = payloadsOf(user.id, post);
  const body = good[0]?.request.body;
  const refused = (title: string, headers: RawRequest['headers']) => ({
    title,
    request: { headers, body },
    status: 401 as const,
  });
  const broken = (title: string, wrong: unknown) => ({ title, request: post(wrong), status: 400 as const });
  return {
    path: '/telegram',
    good,
    unknown,
    letsIn,
    bad: [
      refused('no secret', {}),
      refused('an empty secret', { [HEADER]: '' }),
      refused('a wrong secret', { [HEADER]: SECRET.replace('made', 'fake') }),
      refused('a truncated secret', { [HEADER]: SECRET.slice(0, -1) }),
      refused('a longer secret', { [HEADER]: `${SECRET}0` }),
      refused('the secret in another header', { authorization: SECRET }),
      broken('no update', { message: { text: 'khai báo' } }),
      broken('an operator for an id', { update_id: { $gt: 0 }, message: {} }),
      broken('a list of updates', [body]),
      broken('no object', 'khai báo'),
      broken('nothing', undefined),
    ],
    phone: phoneOf(user),
    faults: faultsOf(fake, user.id),
    carried: ['(photo)', `(${REPORT_FILE})`],
    secrets: [fake.token, SECRET, String(user.id)],
  };
};

export const contract: Contract = async () => {
  const fake = await startFakeTelegram();
  return {
    env: {
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.apiRoot,
      TELEGRAM_WEBHOOK_SECRET: SECRET,
    },
    phone: async () => phoneOf(fake.user()),
    record: () => record(fake),
    end: () => fake.close(),
  };
};
