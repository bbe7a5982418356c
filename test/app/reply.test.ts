import { expect, test } from '@jest/globals';
import type { Channel } from '../../bots/port.ts';
import { deliverBy } from '../../src/app/deliver.ts';
import { SendError } from '../../src/delivery/outgoing.ts';
import type { OutMessage } from '../../src/services/converse/ports.ts';

const MESSAGE: OutMessage = {
  id: 'c:1:0',
  of: 'c',
  chat: 'c',
  channel: 'bot',
  address: 'a',
  lang: 'vi',
  body: { say: { notes: [], turn: 1 } },
};

/** One reply over a channel that answers so; what the budget was told of it. */
const send = async (answer: SendError | null, wait = 0) => {
  const told: string[] = [];
  const channel = {
    name: 'bot',
    send: async () => {
      told.push('send');
      if (answer !== null) throw answer;
      return {};
    },
  } as unknown as Channel;
  const replies = {
    admit: async () => wait,
    sent: (name: string) => void told.push(`charged ${name}`),
    refused: async (name: string, chat: string, seconds?: number) =>
      void told.push(`refused ${name} ${chat} ${seconds}`),
  };
  const error = await deliverBy(
    new Map([['bot', channel]]),
    {} as never,
    replies,
  )(MESSAGE).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { told, error };
};

test('a reply that left is charged to its account', async () => {
  expect(await send(null)).toEqual({ told: ['send', 'charged bot'], error: undefined });
});

test('while the account is paused nothing is sent, and the reply waits as long', async () => {
  const { told, error } = await send(null, 1_500);
  expect(told).toEqual([]);
  expect(error).toMatchObject({ fault: 'throttled', code: 'account-paused', retryAfter: 2 });
});

test('what the platform refuses of everybody is told to everybody; what one chat brought upon itself is not', async () => {
  const everybody = await send(new SendError('throttled', '429', 7, { account: true }));
  expect(everybody.told).toEqual(['send', 'refused bot c 7']);
  expect(everybody.error).toMatchObject({ fault: 'throttled', retryAfter: 7 });
  const one = await send(new SendError('throttled', '429', 7));
  expect(one.told).toEqual(['send']);
});
