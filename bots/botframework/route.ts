import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Inbound } from '../../src/services/inbound.ts';
import type { ChannelHost, RawRequest, Received } from '../port.ts';
import type { ActivityOut } from './activity.ts';
import type { Collectors } from './collector.ts';

export interface RouteParts extends Pick<ChannelHost, 'door' | 'ignored' | 'letIn' | 'http'> {
  /** Whether `receive` can tell who posts; where it cannot, only this machine may post. */
  readonly verifies: boolean;
  readonly receive: (request: RawRequest) => Promise<Received>;
  readonly collectors: Collectors;
  /** Shows that something takes its time; comes to an end by itself. */
  readonly typing: (address: string) => void;
}

/** Twice what the connector itself takes for one message. */
const MOST_BODY = '256kb';

const LOOPBACK = /^(?:(?:::ffff:)?127(?:\.\d{1,3}){3}|::1)$/;
/** A proxy on this machine speaks for others; each of these tells that there is one. */
const FORWARDED = ['x-forwarded-for', 'forwarded'];

const fromHere = ({ socket, headers }: Request): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? '') && FORWARDED.every((name) => headers[name] === undefined);

const raw = ({ headers, body }: Request): RawRequest => ({
  headers: headers as RawRequest['headers'],
  body,
});

const refuse = (res: Response, status: number, code: string): void => {
  res
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ title: code, status, code }));
};

const waitsForReplies = (body: unknown): boolean =>
  (body as { readonly deliveryMode?: unknown } | undefined)?.deliveryMode === 'expectReplies';

/** In the order they were sent; each is committed before the next. */
const accept = async ({ door, typing }: RouteParts, messages: readonly Inbound[]): Promise<boolean> => {
  let news = false;
  for (const message of messages) {
    if (message.event.type === 'photo' || message.event.type === 'file') typing(message.address);
    const { again } = await door.accept(message);
    news ||= !again;
  }
  return news;
};

const collected = async (
  parts: RouteParts,
  address: string,
  messages: readonly Inbound[],
): Promise<readonly ActivityOut[]> => {
  const collecting = parts.collectors.open(address);
  try {
    return (await accept(parts, messages)) ? await collecting.done() : [];
  } finally {
    collecting.close();
  }
};

/** The channel has its 200 after the commit, and before the replies: it waits no more than 15 s. */
const take =
  (parts: RouteParts): RequestHandler =>
  async (req, res) => {
    const received = await parts.receive(raw(req));
    if (received.kind === 'refused') return refuse(res, received.status, received.code);
    if (received.kind === 'ignored') {
      if (received.letIn !== undefined) await parts.letIn(received.letIn);
      parts.ignored(received.what);
    }
    const messages = received.kind === 'messages' ? received.messages : [];
    const [first] = messages;
    if (waitsForReplies(req.body)) {
      const activities = first === undefined ? [] : await collected(parts, first.address, messages);
      res.json({ activities });
      return;
    }
    await accept(parts, messages);
    res.json({});
  };

export const addRoute = (parts: RouteParts): void => {
  const only: RequestHandler = (req, res, next) =>
    parts.verifies || fromHere(req) ? next() : refuse(res, 403, 'foreign-machine');
  parts.http.post('/api/messages', only, express.json({ limit: MOST_BODY }), take(parts));
};
