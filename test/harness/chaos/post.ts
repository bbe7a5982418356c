import { request } from 'node:http';
import { connect } from 'node:net';

/** Whoever has waited so long for an answer comes again (ms); a stopped process answers nobody. */
const PATIENCE = 2_000;

/** The status of one post over a line of its own; 0 when no answer came. */
export const post = (url: string, body: string, headers: Record<string, string> = {}): Promise<number> =>
  new Promise((resolve) => {
    const signal = AbortSignal.timeout(PATIENCE);
    const sent = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...headers,
    };
    request(url, { method: 'POST', agent: false, headers: sent, signal }, (response) => {
      response.resume();
      response.on('close', () => resolve(response.statusCode ?? 0)).on('error', () => resolve(0));
    })
      .on('error', () => resolve(0))
      .end(body);
  });

const ANSWER = /HTTP\/1\.1 (\d{3})[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n/g;

/** Several posts written at once to one line: they arrive in this order. Their statuses, 0 where none came. */
export const postTogether = (
  url: string,
  bodies: readonly string[],
  headers: Record<string, string>,
): Promise<readonly number[]> =>
  new Promise((resolve) => {
    const { hostname, port, pathname, host } = new URL(url);
    const line = connect({ host: hostname, port: Number(port), noDelay: true });
    const more = Object.entries({ host, 'content-type': 'application/json', ...headers });
    const head = more.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    let heard = '';
    const statuses = () => [...heard.matchAll(ANSWER)].map(([, status]) => Number(status));
    const timer = setTimeout(() => line.destroy(), PATIENCE);
    line.on('data', (chunk) => {
      heard += chunk;
      if (statuses().length >= bodies.length) line.end();
    });
    line.on('error', () => line.destroy());
    line.on('close', () => {
      clearTimeout(timer);
      const came = statuses();
      resolve(bodies.map((_body, n) => came[n] ?? 0));
    });
    line.write(
      bodies
        .map(
          (body) =>
            `POST ${pathname} HTTP/1.1\r\n${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        )
        .join(''),
    );
  });

export const isTaken = (status: number): boolean => status >= 200 && status <= 299;
