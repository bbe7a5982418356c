import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Where a port is looked for: below the range from which systems hand out ports to outgoing connections (32768 and up
 * on Linux, 49152 and up elsewhere), because it is kept for years, and above the well-known ones.
 */
const FROM = 20_000;
const BELOW = 32_000;

/** A port on 127.0.0.1 that nobody uses now; `wanted` itself when it is free. */
export async function freePort(wanted?: number): Promise<number> {
  let port = wanted ?? randomInt(FROM, BELOW);
  while (!(await isFree(port))) port = randomInt(FROM, BELOW);
  return port;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
