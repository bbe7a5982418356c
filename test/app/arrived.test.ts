import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTerminal } from '../../src/cli/terminal.ts';
import { line, type Say } from '../../src/dialogue/say.ts';
import { openClient } from '../bots/web/client.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { type FakeTelegram, startFakeTelegram } from '../harness/telegram/server.ts';
import { until } from '../services/converse/toy.ts';

let fake: FakeTelegram;
let app: TestApp;
beforeAll(async () => {
  fake = await startFakeTelegram();
  app = await startTestApp({ TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.apiRoot });
});
afterAll(async () => {
  await app.end();
  await fake.close();
});

const rows = () => app.store.database.collections.deliveries;

/** A campaign's message, sent over a real channel as the outbox does, and its row as it stands then. */
const sent = async (channel: string, address: string, id: string, button: string): Promise<string> => {
  const say: Say = {
    notes: [line('campaign.text', { text: 'Đề nghị anh/chị khai báo y tế.' })],
    choices: [{ id: '/go:declare:whom=me', label: line(button) }],
    turn: 0,
  };
  const given = await app.channels.get(channel)?.send({ id, address, lang: 'vi', say });
  const via = app.store.index('chat', `${channel}|${address}`);
  await rows().insertOne({
    _id: id,
    chat: via,
    lane: 'campaign',
    purpose: 'campaign',
    state: 'sent',
    readyAt: new Date(),
    sentAt: new Date(),
    attempt: 1,
    epoch: 1,
    ...(given?.ref && { sentAs: { via, ref: given.ref } }),
  });
  return id;
};

const arrived = async (): Promise<readonly string[]> => {
  const found = rows().find({ deliveredAt: { $exists: true } });
  return (await found.sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
};

test('a press in Telegram tells of the message it was made in, and of no other', async () => {
  const [lan, minh] = [fake.user(), fake.user()];
  for (const user of [lan, minh]) {
    user.say('/start');
    await user.next();
  }
  const [first, other] = [`C7K3M|2026-11-24|lan`, `C7K3M|2026-11-25|lan`];
  await sent('telegram', String(lan.id), first, 'campaign.declare');
  await sent('telegram', String(lan.id), other, 'campaign.stop');
  await sent('telegram', String(minh.id), 'C7K3M|2026-11-24|minh', 'campaign.declare');
  minh.press('Khai báo cho tôi'); // a button of the talk: it answers a question, and proves nothing
  lan.press('Khai báo');
  await until(async () => (await arrived()).length > 0);
  expect(await arrived()).toEqual([first]);
  lan.press('Không nhận nữa');
  await until(async () => (await arrived()).length > 1);
  expect(await arrived()).toEqual([first, other]);
});

test('a page and a terminal tell by going on after it; a clean stop loses nothing of that', async () => {
  await rows().deleteMany({});
  const client = await openClient(app.url);
  const session = /=([\w-]{32})\./.exec(client.cookie)?.[1];
  const address = createHash('sha256').update(`web-address|${session}`).digest('base64url');
  const shown = await sent('web', address, 'C7K3M|2026-11-24|page', 'campaign.declare');
  const written = await sent('web', address, 'C7K3M|2026-11-25|page', 'campaign.declare');
  const printed = await sent('terminal', 'hoa', 'C7K3M|2026-11-24|terminal', 'campaign.declare');
  const stream = await client.stream(shown);
  expect((await stream.next())?.id).toBe(written);
  stream.close();
  const last = await sent('terminal', 'hoa', 'C7K3M|2026-11-25|terminal', 'campaign.declare');
  const terminal = openTerminal({ url: app.url, token: app.token } as never, 'hoa');
  const heard = await terminal.listen(printed).next();
  expect(heard.value?.id).toBe(last);
  terminal.close();
  app = await app.again(); // before the second is over within which notes are gathered
  expect(await arrived()).toEqual([shown, printed]);
});
