import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../../harness/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.end());

const post = (token: string, body: object) =>
  fetch(`${app.url}/terminal`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'accept-language': 'en',
    },
    body: JSON.stringify(body),
  });

const read = () => fetch(`${app.url}/terminal/stream?session=one`);

test.each([
  ['a line without the token', () => post('wrong', {}), 401, 'wrong-token', 'Mã truy cập không đúng'],
  ['a reader without the token', read, 401, 'wrong-token', 'Mã truy cập không đúng'],
  ['a line that is none', () => post(app.token, {}), 400, 'bad-request', 'Yêu cầu không hợp lệ'],
])('%s is refused with a problem, as everywhere else', async (_what, ask, status, code, title) => {
  const response = await ask();
  expect([response.status, response.headers.get('content-type')]).toEqual([
    status,
    'application/problem+json; charset=utf-8',
  ]);
  expect(await response.json()).toEqual({ type: 'about:blank', title, status, code });
});
