import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { linkSaying } from '../../../bots/web/link.ts';
import { Unavailable } from '../../../src/store/errors.ts';
import { PATIENCE } from '../../harness/patience.ts';
import { until } from '../../services/converse/toy.ts';
import { type Client, newId, openClient } from './client.ts';
import { chatOf, openSite, type Site } from './site.ts';
import { CODE } from './small-talk.ts';

let site: Site;
let other: Site;
beforeAll(async () => {
  const web = {
    limits: {
      session: { points: 40, seconds: 60 },
      photo: { points: 6, seconds: 60 },
      streamsPerSession: 3,
      // Whoever waits here looks again and again, all from one address.
      address: { points: 1_000_000, seconds: 60 },
    },
  };
  site = await openSite({ web });
  other = await openSite({ joins: site, web });
});
afterAll(async () => {
  await other.close();
  await site.close();
});

const jpeg = (): Promise<Buffer> =>
  sharp({ create: { width: 64, height: 40, channels: 3, background: '#888' } })
    .jpeg()
    .toBuffer();

const choice = (...ids: string[]) => ({ type: 'choice', ids });
interface Answer {
  readonly again?: boolean;
  readonly code?: string;
  readonly title?: string;
}
const answerOf = (response: Response): Promise<Answer> => response.json() as Promise<Answer>;
const takenSince = (before: number) => site.taken.slice(before);

/** Presses and waits for the answer, as somebody with the page open does. */
const talk = async (client: Client, steps: readonly object[]): Promise<string> => {
  const stream = await client.stream();
  let last = '';
  for (const step of steps) {
    expect((await client.post(step)).status).toBe(200);
    for (let said = await stream.next(); said !== undefined; said = await stream.next()) {
      last = said.html;
      if (last.includes('class="theirs"')) break;
    }
  }
  stream.close();
  return last;
};

/** Through the small declaration to its QR. */
const declare = (client: Client): Promise<string> =>
  talk(client, [
    choice('/go:small'),
    choice('yes'),
    choice('type'),
    { type: 'text', text: 'Lò Thị Mẩy' },
    choice('none'),
    choice('send'),
  ]);

/** The mailbox of a browser. */
const boxOf = ({ cookie }: Client): string => {
  const id = /=([\w-]{32})\./.exec(cookie)?.[1];
  return chatOf(createHash('sha256').update(`web-address|${id}`).digest('base64url'));
};

const createWebLink = (said: string): string => linkSaying('https://khaibao.example/', said) ?? '';

describe('a visitor', () => {
  test('gets the greeting with its buttons, a session, and leaves nothing behind', async () => {
    const { mailboxes } = site.store.database.collections;
    const before = await mailboxes.countDocuments();
    const response = await fetch(site.url);
    const text = await response.text();
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^khaibao=[\w.-]{55}; Path=\/; /),
    ]);
    expect(text).toContain('<html lang="vi">');
    expect(text).toContain(
      '<button class="choice" name="choice" value="/go:small">Khai báo cho tôi</button>',
    );
    expect(text).not.toContain('name="turn"');
    expect(await mailboxes.countDocuments()).toBe(before);
  });

  test('who comes by a link finds its code in the text box; nothing is sent by coming', async () => {
    const before = site.taken.length;
    const url = createWebLink('KN7K3M9QXT');
    const text = await (await fetch(site.url + new URL(url).search)).text();
    expect(text).toMatch(/<textarea id="text"[^>]*>KN7K3M9QXT<\/textarea>/);
    expect(takenSince(before)).toEqual([]);
  });

  test.each(['a sentence', '%3Cscript%3E', '</textarea><b>', 'x'.repeat(41), ''])(
    'a link that says %j puts nothing into the text box',
    async (said) => {
      for (const query of [`?say=${encodeURIComponent(said)}`, `?say=a&say=${encodeURIComponent(said)}`])
        expect(await (await fetch(`${site.url}/${query}`)).text()).toMatch(
          /<textarea id="text"[^>]*><\/textarea>/,
        );
    },
  );

  test('chooses a language without leaving anything either', async () => {
    const client = await openClient(site.url);
    const before = site.taken.length;
    const response = await client.form({ lang: 'en' }, '/chat/language');
    expect(response.status).toBe(303);
    const [chosen = ''] = response.headers.getSetCookie();
    expect(chosen).toMatch(/^khaibao-lang=en; /);
    const page = await client.get('/', { cookie: `${client.cookie}; ${chosen.split(';')[0]}` });
    expect(await page.text()).toContain('<html lang="en">');
    expect(takenSince(before)).toEqual([]);
  });
});

describe('a talk', () => {
  test('comes live, stands on the page, and ends with a QR only its owner sees', async () => {
    const client = await openClient(site.url);
    const last = await declare(client);
    const [, path = ''] = /<img\s+src="(\/qr\/[^"]+)"/.exec(last) ?? [];
    const image = await client.get(path);
    expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect((await sharp(Buffer.from(await image.arrayBuffer())).metadata()).width).toBe(640);
    expect(await (await client.get('/')).text()).toContain(CODE);
    const stranger = await openClient(site.url);
    expect((await stranger.get(path)).status).toBe(404);
    expect((await fetch(site.url + path)).status).toBe(401);
  });

  test('takes one delivery once, however often it comes', async () => {
    const client = await openClient(site.url);
    const before = site.taken.length;
    const id = newId();
    const answers = await Promise.all(
      Array.from({ length: 5 }, async () => answerOf(await client.post({ type: 'text', text: 'chào' }, id))),
    );
    expect(answers.filter(({ again }) => !again)).toHaveLength(1);
    expect(takenSince(before)).toHaveLength(1);
  });

  test('goes on by plain forms, each answered on the page it leads to', async () => {
    const client = await openClient(site.url);
    const pressed = await client.form({ choice: '/go:small' });
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/#end']);
    expect(await (await client.get('/')).text()).toContain('Anh/chị có đồng ý');
    await client.form({ choice: 'yes', turn: '1' });
    const page = await (await client.get('/')).text();
    expect(page).toContain('action="/chat/photo" enctype="multipart/form-data"');
    expect(page).not.toContain('value="/go:small"');
  });

  test('changes its language with the page', async () => {
    const client = await openClient(site.url);
    await client.form({ choice: '/go:small' });
    await client.form({ lang: 'en' }, '/chat/language');
    const text = await (await client.get('/')).text();
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('Tiếng Việt</button>');
  });
});

describe('a photo', () => {
  const atPhoto = async (): Promise<Client> => {
    const client = await openClient(site.url);
    await talk(client, [choice('/go:small'), choice('yes')]);
    return client;
  };
  const seen = async (client: Client, words: string): Promise<void> => {
    await until(async () => (await (await client.get('/')).text()).includes(words));
  };

  test('comes bare from the script and is read', async () => {
    const client = await atPhoto();
    const photo = await jpeg();
    expect((await client.photo(photo)).status).toBe(200);
    await seen(client, 'Trong 14 ngày qua');
    expect(await (await client.get('/')).text()).toContain('Ảnh đã gửi');
  });

  test('comes in a plain form', async () => {
    const client = await atPhoto();
    const form = new FormData();
    form.set('deliveryId', newId());
    form.set('photo', new Blob([new Uint8Array(await jpeg())], { type: 'image/jpeg' }), 'the.jpg');
    const init = {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { cookie: client.cookie },
    } as const;
    expect((await fetch(`${site.url}/chat/photo`, init)).status).toBe(303);
    await seen(client, 'Trong 14 ngày qua');
  });

  test('is in no file, no log and no document', async () => {
    const client = await atPhoto();
    const photo = Buffer.concat([await jpeg(), Buffer.from('UNMISTAKABLE-PHOTO-BYTES')]);
    await client.photo(photo);
    await seen(client, 'Trong 14 ngày qua');
    const docs = await site.store.database.collections.mailboxes.find().toArray();
    const bytes = Buffer.concat(
      docs.flatMap(({ messages }) => messages.map(({ sealed }) => Buffer.from(sealed))),
    );
    expect(bytes.includes('UNMISTAKABLE')).toBe(false);
    expect(site.log.join('')).not.toContain('UNMISTAKABLE');
  });

  test.each([
    ['is no photo', 415, 'not-a-photo', Buffer.from('<html>'), {}],
    ['is larger than 8 MB', 413, 'too-large', Buffer.alloc(8 * 1024 * 1024 + 9000, 0xff), {}],
    ['has no delivery id', 400, 'bad-request', undefined, { 'x-delivery-id': '' }],
    ['is said to be a text', 415, 'unsupported-type', undefined, { 'content-type': 'text/plain' }],
    ['is packed', 415, 'unsupported-type', undefined, { 'content-encoding': 'gzip' }],
    [
      'has a form without an end',
      400,
      'bad-request',
      undefined,
      { 'content-type': 'multipart/form-data; boundary=x' },
    ],
  ])('that %s is refused with %i', async (_name, status, code, bytes, headers) => {
    const client = await openClient(site.url);
    const response = await client.photo(bytes ?? (await jpeg()), headers);
    expect([response.status, (await answerOf(response)).code]).toEqual([status, code]);
  });
});

describe('a live stream', () => {
  test('goes on after the last message the page has, by its address or by the browser', async () => {
    const client = await openClient(site.url);
    await talk(client, [choice('/go:small'), choice('yes')]);
    const all: string[] = [];
    const first = await client.stream();
    for (let n = 0; n < 4; n += 1) all.push((await first.next())?.id ?? '');
    first.close();
    const [, second = '', third = ''] = all;
    const resumed = await client.stream(second);
    expect((await resumed.next())?.id).toBe(third);
    resumed.close();
    const byHeader = await client.stream('', { 'last-event-id': third });
    expect((await byHeader.next())?.id).toBe(all[3]);
    byHeader.close();
  });

  test('goes on after messages outside the talk, whose ids name areas and days', async () => {
    const client = await openClient(site.url);
    await talk(client, [choice('/go:small')]);
    const ids = ['C7K3M|2026-11-24|a-B_1', 'gap:12/03595:1764000000000:rosterGap:1:NV7', 'later'];
    for (const id of ids)
      await site.mailbox.append(boxOf(client), { id, lang: 'vi', say: { notes: [], turn: 0 } });
    for (const [n, id] of ids.slice(0, 2).entries()) {
      const resumed = await client.stream('', { 'last-event-id': id });
      expect((await resumed.next())?.id).toBe(ids[n + 1]);
      resumed.close();
    }
    expect((await client.get('/chat/messages?after=a%20b&lang=vi')).status).toBe(400);
  });

  test('tells which messages outside the talk it was shown: those that it goes on after', async () => {
    const client = await openClient(site.url);
    await talk(client, [choice('/go:small')]);
    const box = boxOf(client);
    const all = [`C7K3M|2026-11-24|${box}`, `gap:12/03595:1:rosterGap:1:${box}`, `later|${box}`];
    const [campaign = '', gap = '', later = ''] = all;
    for (const id of all) await site.mailbox.append(box, { id, lang: 'vi', say: { notes: [], turn: 0 } });
    const told = () => site.arrived.filter((id) => all.includes(id));
    const whole = await client.stream();
    const ids: string[] = [];
    while (ids.at(-1) !== later) ids.push((await whole.next())?.id ?? '');
    whole.close();
    expect(ids.slice(-3)).toEqual(all);
    expect(told()).toEqual([]); // written to a stream: nobody knows whether it came through
    const resumed = await client.stream('', { 'last-event-id': gap });
    expect((await resumed.next())?.id).toBe(later);
    resumed.close();
    expect(told()).toEqual([campaign, gap]);
    expect(site.arrived.some((id) => id.startsWith(`${box}:`))).toBe(false);
    const after = `after=${encodeURIComponent(later)}&lang=vi`;
    expect(await (await client.get(`/chat/messages?${after}`)).json()).toEqual({ messages: [] });
    expect(told()).toEqual([campaign, gap, campaign, gap, later]);
    const stranger = await openClient(site.url);
    await stranger.get(`/chat/messages?${after}`);
    expect(told()).toHaveLength(5);
  });

  test('brings what another process wrote, and resumes at another process', async () => {
    const client = await openClient(site.url);
    const there = await openClient(other.url, client.cookie);
    const stream = await there.stream();
    await client.post(choice('/go:small'));
    const echo = await stream.next();
    const said = await stream.next();
    expect(said?.html).toContain('Anh/chị có đồng ý');
    stream.close();
    const resumed = await client.stream(echo?.id);
    expect((await resumed.next())?.id).toBe(said?.id);
    resumed.close();
  });

  test('can be had by asking', async () => {
    const client = await openClient(site.url);
    await talk(client, [choice('/go:small')]);
    const { messages } = (await (await client.get('/chat/messages?after=&lang=vi')).json()) as {
      messages: string[];
    };
    expect(messages).toHaveLength(2);
  });

  test('is opened only so often by one browser', async () => {
    const client = await openClient(site.url);
    const streams = await Promise.all([client.stream(), client.stream(), client.stream()]);
    expect((await client.stream()).status).toBe(429);
    for (const stream of streams) stream.close();
    await until(async () => {
      const again = await client.stream();
      again.close();
      return again.status === 200;
    });
  });

  test('shows that it lives, and ends with the process', async () => {
    const own = await openSite({ web: { beatEvery: 30 }, http: { limits: { close: PATIENCE } } });
    const client = await openClient(own.url);
    const response = await client.get('/chat/stream');
    const reader = response.body?.getReader();
    let text = '';
    while (!text.includes('event: beat')) text += Buffer.from((await reader?.read())?.value ?? []).toString();
    expect(text).toMatch(/^retry: \d{4}\n\n/);
    const begun = performance.now();
    await own.close();
    expect(performance.now() - begun).toBeLessThan(PATIENCE / 2); // by itself; it is cut after twice that
  });
});

describe('the door', () => {
  test('that is shut tells the page to come again, and the message is taken then', async () => {
    const client = await openClient(site.url);
    const id = newId();
    site.fault = new Unavailable('The database cannot be reached.');
    const refused = await client.post({ type: 'text', text: 'chào' }, id);
    site.fault = undefined;
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refused.json()).toMatchObject({
      code: 'unavailable',
      title: expect.stringContaining('đang bận'),
    });
    expect(await (await client.post({ type: 'text', text: 'chào' }, id)).json()).toMatchObject({
      again: false,
    });
  });

  test('that breaks tells nothing of how', async () => {
    const client = await openClient(site.url);
    site.fault = new TypeError('secret of the house');
    const response = await client.post({ type: 'text', text: 'chào' });
    site.fault = undefined;
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    // The line is written when the answer has left, which may be after it has arrived.
    const said = () => site.log.some((line) => line.includes('"status":500'));
    await until(said);
  });

  test('slows down whoever writes faster than anybody can', async () => {
    const client = await openClient(site.url);
    const statuses: number[] = [];
    for (let n = 0; n < 42; n += 1) statuses.push((await client.post({ type: 'text', text: 'a' })).status);
    expect(statuses.slice(0, 40).every((status) => status === 200)).toBe(true);
    expect(statuses.slice(40)).toEqual([429, 429]);
    const last = await client.post({ type: 'text', text: 'a' });
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await answerOf(last)).title).toContain('hơi nhanh');
    const neighbour = await openClient(site.url);
    expect((await neighbour.post({ type: 'text', text: 'a' })).status).toBe(200);
  });

  test('logs no cookie, no name, no query and no token', async () => {
    const client = await openClient(site.url);
    await declare(client);
    await client.get('/chat/messages?after=a&lang=vi');
    const log = site.log.join('');
    expect(log).toContain('"route":"/chat"');
    for (const secret of [client.cookie.split('=')[1] ?? '', 'Mẩy', 'after=', CODE, '127.0.0.1']) {
      expect(log).not.toContain(secret);
    }
  });
});
