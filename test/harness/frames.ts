import type { Socket } from 'node:net';

/** One HTTP message: its first line and headers, and what came with it. */
export interface Frame {
  readonly head: string;
  readonly body: Buffer;
}

const BLANK = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

interface Taken {
  readonly body: Buffer;
  readonly end: number;
}

/** The pieces of a body of unknown length; undefined while the last has not come. */
const chunked = (bytes: Buffer, from: number): Taken | undefined => {
  const pieces: Buffer[] = [];
  for (let at = from; ; ) {
    const line = bytes.indexOf('\r\n', at, 'latin1');
    if (line === -1) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    const end = line + 2 + size;
    if (bytes.length < end + 2) return undefined;
    if (size === 0) return { body: Buffer.concat(pieces), end: end + 2 };
    pieces.push(bytes.subarray(line + 2, end));
    at = end + 2;
  }
};

const bodyOf = (head: string, bytes: Buffer, from: number): Taken | undefined => {
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return chunked(bytes, from);
  const end = from + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  return bytes.length < end ? undefined : { body: bytes.subarray(from, end), end };
};

/**
 * Cuts what comes through a connection into HTTP messages, requests or responses. As much of HTTP as our own two ends
 * need, and a fraction of the time Node's own server and client would take from the processors that are measured on.
 */
export const eachFrame = (socket: Socket, take: (frame: Frame) => void): void => {
  let rest: Buffer = NOTHING;
  socket.on('data', (bytes: Buffer) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    for (;;) {
      const blank = rest.indexOf(BLANK);
      if (blank === -1) return;
      const head = rest.toString('latin1', 0, blank);
      const taken = bodyOf(head, rest, blank + BLANK.length);
      if (taken === undefined) return;
      rest = rest.subarray(taken.end);
      take({ head, body: taken.body });
    }
  });
};
