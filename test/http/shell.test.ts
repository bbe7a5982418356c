import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import pino from 'pino';
import { Counter, Registry } from 'prom-client';
import { createHttp, type HttpParts } from '../../src/http/http.ts';
import type { QrState } from '../../src/http/landing.ts';
import { assets, renderer } from '../bots/web/site.ts';

const quiet = pino({ level: 'silent' });

const open = async (
  parts: Partial<HttpParts> = {},
  routes?: (http: ReturnType<typeof createHttp>) => void,
) => {
  const http = createHttp({
    renderer,
    assets,
    log: quiet,
    registry: new Registry(),
    publicUrl: 'http://localhost:3000',
    checks: {},
    verifyQr: async () => ({ state: 'unknown' }),
    ...parts,
  });
  routes?.(http);
  const listening = await http.listen(0, '127.0.0.1');
  return { ...listening, url: `http://127.0.0.1:${listening.port}` };
};

const withOpen = async (
  parts: Partial<HttpParts>,
  work: (url: string, port: number) => Promise<void>,
  routes?: (http: ReturnType<typeof createHttp>) => void,
): Promise<void> => {
  const { url, port, close } = await open(parts, routes);
  try {
    await work(url, port);
  } finally {
    await close();
  }
};

describe('for whoever runs it', () => {
  test('ready means every part, and says which is not', async () => {
    const checks = { database: async () => true, telegram: () => Promise.reject(new Error('away')) };
    await withOpen({ checks }, async (url) => {
      const response = await fetch(`${url}/readyz`);
      expect(response.status).toBe(503);
      expect(await response.json()).toEqual({ ready: false, parts: { database: true, telegram: false } });
    });
    await withOpen({ checks: { database: () => true } }, async (url) => {
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
    });
  });

  test('figures are in Prometheus form', async () => {
    const registry = new Registry();
    new Counter({ name: 'khaibao_test_total', help: 'a test', registers: [registry] }).inc(3);
    await withOpen({ registry }, async (url) => {
      const response = await fetch(`${url}/metrics`);
      expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
      expect(await response.text()).toContain('khaibao_test_total 3');
    });
  });
});

describe('every answer', () => {
  test('carries what keeps a page safe, and not what runs here', async () => {
    await withOpen({ publicUrl: 'https://khaibao.example' }, async (url) => {
      const { headers } = await fetch(`${url}/q/x`);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
      expect(headers.get('x-powered-by')).toBeNull();
    });
  });

  test('comes in time or is a 503', async () => {
    const routes = ({ routes: app }: ReturnType<typeof createHttp>) => {
      app.get('/never', () => undefined);
      app.get('/late', async (_req, res) => {
        await new Promise((resolve) => setTimeout(resolve, 600));
        res.send('late');
      });
      app.get('/wrong', () => {
        throw new Error('a secret');
      });
    };
    await withOpen(
      { answerWithin: 400 },
      async (url) => {
        for (const path of ['/never', '/late']) {
          const response = await fetch(url + path);
          expect([response.status, (await response.json()) as unknown]).toEqual([
            503,
            expect.objectContaining({ code: 'timeout' }),
          ]);
        }
        await new Promise((resolve) => setTimeout(resolve, 300));
        const wrong = await fetch(`${url}/wrong`);
        expect([wrong.status, await wrong.text()]).toEqual([500, expect.not.stringContaining('secret')]);
        expect((await fetch(`${url}/healthz`)).status).toBe(200);
      },
      routes,
    );
  });
});

describe('a slow client', () => {
  const half =
    'POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 50\r\n';
  test.each([
    ['with its headers', half],
    ['with its body', `${half}\r\n{"a":`],
  ])('that never ends %s is told so', async (_name, sent) => {
    const limits = { request: 300, headers: 300 };
    const routes = ({ routes: app }: ReturnType<typeof createHttp>) => {
      app.post('/nothing', (req) => void req.resume());
    };
    await withOpen(
      { limits },
      async (_url, port) => {
        const socket = connect(port, '127.0.0.1');
        socket.write(sent);
        expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 .*"code":"timeout"\}$/s);
      },
      routes,
    );
  });
});

test('closing ends streams, waits for who is being served, and cuts who never is', async () => {
  let came = 0;
  const routes = ({ routes: app }: ReturnType<typeof createHttp>) => {
    app.use((_req, _res, next) => {
      came += 1;
      next();
    });
    app.get('/slow', (_req, res) => setTimeout(() => res.send('served'), 300));
    app.get('/stream', (_req, res) => void res.write('...'));
    app.get('/never', () => undefined);
  };
  const { url, close } = await open({ limits: { close: 800 } }, routes);
  const slow = fetch(`${url}/slow`).then((response) => response.text());
  const stream = await fetch(`${url}/stream`);
  const never = fetch(`${url}/never`).then(
    () => 'answered',
    () => 'cut',
  );
  while (came < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  await close(); // or it would never end
  expect(await slow).toBe('served');
  expect(await stream.text()).toBe('...');
  expect(await never).toBe('cut');
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

describe('static files', () => {
  test('are packed, kept for ever, and named anew when they change', async () => {
    await withOpen({}, async (url) => {
      const path = assets.url('talk.css');
      const response = await fetch(url + path, { headers: { 'accept-encoding': 'br' } });
      expect(response.headers.get('content-encoding')).toBe('br');
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(Number(response.headers.get('content-length'))).toBeLessThan(4_000);
      expect(await response.text()).toContain('.bubble');
      const other = await fetch(`${url}/assets/otherrelease/talk.css`, {
        headers: { 'accept-encoding': 'identity' },
      });
      expect([other.status, other.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    });
  });
});

describe('the page behind a QR', () => {
  const NOW = Date.parse('2026-11-23T02:00:00Z');
  const states: Readonly<Record<string, QrState>> = {
    good: { state: 'valid', until: NOW + 3_600_000 },
    old: { state: 'ended', until: NOW - 3_600_000 },
    back: { state: 'withdrawn' },
  };
  const verifyQr = async (token: string): Promise<QrState> => states[token] ?? { state: 'unknown' };
  test.each([
    ['good', 200, 'Tờ khai còn giá trị', 'Có giá trị đến 10:00'],
    ['old', 200, 'Tờ khai đã hết giá trị', 'Đã hết giá trị lúc 08:00'],
    ['back', 200, 'Tờ khai đã được thu hồi', 'mã không còn giá trị'],
    ['strange', 404, 'Không nhận ra mã này', 'Mời quét lại'],
  ])('%s', async (token, status, title, more) => {
    await withOpen({ verifyQr, now: () => NOW }, async (url) => {
      const response = await fetch(`${url}/q/${token}`);
      const page = await response.text();
      expect(response.status).toBe(status);
      expect(page).toContain(`<h1>${title}</h1>`);
      expect(page).toContain(more);
      expect(page.includes('Có giá trị đến')).toBe(token === 'good');
      expect(page).toContain('href="/">Mở trang khai báo</a>');
      expect(page).not.toContain(`/q/${token}`);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      expect(response.headers.getSetCookie()).toEqual([]);
    });
  });

  test('slows a guesser down', async () => {
    await withOpen({ verifyQr }, async (url) => {
      const all = await Promise.all(Array.from({ length: 310 }, () => fetch(`${url}/q/x`)));
      const statuses = all.map(({ status }) => status);
      expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    });
  });
});
