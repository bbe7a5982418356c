import { Socket } from 'node:net';

export interface LoopbackGuard {
  /** Hosts outside this machine that somebody wanted to reach; each was refused. */
  readonly foreign: readonly string[];
  restore(): void;
}

const HERE = /^(?:localhost|127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

type Connect = typeof Socket.prototype.connect;

/** Where a connection is to go: options or their normalised form, as node's own modules pass them. */
const hostOf = (first: unknown, second: unknown): string | undefined => {
  const [options] = Array.isArray(first) ? (first as readonly unknown[]) : [first];
  if (typeof options === 'object' && options !== null) {
    const { host, path } = options as { readonly host?: string; readonly path?: string | null };
    return typeof path === 'string' ? undefined : (host ?? 'localhost');
  }
  return typeof second === 'string' ? second : 'localhost';
};

/** Refuses every connection that leaves this machine, and remembers it: a test must not talk to the world. */
export const guardLoopback = (): LoopbackGuard => {
  const foreign: string[] = [];
  const connect = Socket.prototype.connect as (...args: unknown[]) => Socket;
  const guarded = function (this: Socket, ...args: unknown[]): Socket {
    const host = hostOf(args[0], args[1]);
    if (host === undefined || HERE.test(host)) return connect.apply(this, args);
    foreign.push(host);
    queueMicrotask(() => this.destroy(new Error(`${host} is not this machine`)));
    return this;
  };
  Socket.prototype.connect = guarded as unknown as Connect;
  return {
    foreign,
    restore: () => {
      Socket.prototype.connect = connect as unknown as Connect;
    },
  };
};
