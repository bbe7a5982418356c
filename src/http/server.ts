import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { rawProblem } from './refuse.ts';

export interface ServerLimits {
  /** Whole request, body included (ms): a 500 KB photo at the 8 KB/s of 2G takes a minute. */
  readonly request: number;
  /** Headers alone (ms). */
  readonly headers: number;
  /** An idle connection (ms); longer than the usual proxy's, so that the proxy closes first. */
  readonly keepAlive: number;
  /** Header bytes: our own cookies are below 200. */
  readonly headerBytes: number;
  /** How long open requests may finish at the end (ms). */
  readonly close: number;
}

export const SERVER_LIMITS: ServerLimits = {
  request: 150_000,
  headers: 15_000,
  keepAlive: 65_000,
  headerBytes: 16 * 1024,
  close: 5_000,
};

/**
 * Connections that wait to be taken. With Node's 511 a province that comes at once (a broadcast, a restart) is dropped by
 * the kernel and knocks again after 1, 3 and 7 seconds; the kernel's own bound (`somaxconn`) is 4096.
 */
const BACKLOG = 4_096;

export interface Listening {
  readonly port: number;
  /** Takes nothing new, ends live streams, lets open requests finish for a moment, then cuts them. */
  close(): Promise<void>;
}

interface ClientError extends Error {
  readonly code?: string;
}

const RAW: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'headers-too-large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'timeout'],
};

/** A broken request line, a forbidden sign in a header, a client that takes for ever. */
const onClientError = (error: ClientError, socket: Socket): void => {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, code] = RAW[error.code ?? ''] ?? [400, 'bad-request'];
  socket.end(rawProblem(status, code));
};

/** Answers that were begun and are not ended: live streams. Whoever listens comes back to the next process. */
const endStreams = (open: Iterable<ServerResponse>): void => {
  for (const res of open) if (res.headersSent && !res.writableEnded) res.end();
};

const closed = (server: Server, open: Iterable<ServerResponse>, limits: ServerLimits): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), limits.close);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    endStreams(open);
    server.closeIdleConnections();
  });

const openResponses = (server: Server): ReadonlySet<ServerResponse> => {
  const open = new Set<ServerResponse>();
  server.on('request', (_req, res) => {
    open.add(res);
    res.on('close', () => open.delete(res));
  });
  return open;
};

/** @throws what `listen` fails with: the port is taken, or may not be used */
export const listen = async (
  app: RequestListener,
  port: number,
  host: string | undefined,
  limits: ServerLimits,
): Promise<Listening> => {
  const server = createServer(
    {
      requestTimeout: limits.request,
      headersTimeout: limits.headers,
      keepAliveTimeout: limits.keepAlive,
      maxHeaderSize: limits.headerBytes,
      connectionsCheckingInterval: Math.min(5_000, limits.headers),
    },
    app,
  );
  server.on('clientError', onClientError);
  const open = openResponses(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }), backlog: BACKLOG }, () => resolve());
  });
  return { port: (server.address() as AddressInfo).port, close: () => closed(server, open, limits) };
};
