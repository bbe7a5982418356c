import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { json, type Request, type RequestHandler, type Response, Router, raw } from 'express';
import type { Activity } from './activity.ts';
import type { Connector } from './connector.ts';
import { bearer, begin, grant, type Line, pass, refused, since, upload, visitor } from './line.ts';
import type { Talk } from './talk.ts';
import { webchatPage } from './webchat-page.ts';

/** Direct Line 3.0 over HTTP, as Microsoft's web client speaks it without a WebSocket, and a page with that client. */
export interface DirectLine {
  /** The page. It stands on another origin than the service, as everybody's does. */
  readonly page: string;
  /** The service, for a client's `domain`. */
  readonly domain: string;
  /** What a site's own server shows to get a token for one of its visitors. */
  readonly secret: string;
  readonly talks: readonly Talk[];
  close(): Promise<void>;
}

type Handle = (talk: Talk, req: Request, res: Response) => void | Promise<void>;

const service = (line: Line): RequestHandler => {
  const routes = Router();
  const inTalk =
    (handle: Handle): RequestHandler =>
    (req, res) => {
      const conversation = line.passes.get(bearer(req))?.conversation;
      const talk = line.talks.get(String(req.params.conversation));
      if (conversation !== req.params.conversation) return refused(res, 403, 'Forbidden');
      return talk === undefined ? refused(res, 404, 'BadArgument') : handle(talk, req, res);
    };
  routes.post('/tokens/generate', json(), (req, res) => {
    if (bearer(req) !== line.secret) return refused(res, 403, 'Forbidden');
    res.json(grant(line, visitor((req.body as { user?: { id?: unknown } } | undefined)?.user?.id)));
  });
  routes.post('/tokens/refresh', (req, res) => {
    const known = line.passes.get(bearer(req));
    return known === undefined ? refused(res, 403, 'Forbidden') : void res.json(grant(line, known));
  });
  routes.post('/conversations', async (req, res) => {
    const token = bearer(req);
    const known = token === line.secret ? visitor(undefined) : line.passes.get(token);
    if (known === undefined) return refused(res, 403, 'Forbidden');
    const isNew = !line.talks.has(known.conversation);
    if (isNew) await begin(line, known);
    res.status(isNew ? 201 : 200).json(grant(line, known));
  });
  routes.get(
    '/conversations/:conversation',
    inTalk((_, req, res) => {
      const known = line.passes.get(bearer(req));
      if (known !== undefined) res.json(grant(line, known));
    }),
  );
  routes.get(
    '/conversations/:conversation/activities',
    inTalk((talk, { query }, res) => void res.json(since(talk, query.watermark))),
  );
  routes.post(
    '/conversations/:conversation/activities',
    json({ limit: '1mb' }),
    inTalk((talk, { body }, res) => pass(line, talk, body as Activity, res)),
  );
  routes.post(
    '/conversations/:conversation/upload',
    raw({ type: () => true, limit: '20mb' }),
    inTalk((talk, req, res) => upload(line, talk, req, res)),
  );
  return routes;
};

const openToAll: RequestHandler = (req, res, next) => {
  res.set({
    'access-control-allow-origin': '*',
    'access-control-allow-headers': req.get('access-control-request-headers') ?? '*',
    'access-control-allow-methods': 'GET, POST, OPTIONS',
  });
  return req.method === 'OPTIONS' ? void res.sendStatus(204) : next();
};

/** `script` is the path of Microsoft's client. */
export const startDirectLine = async (connector: Connector, script: string): Promise<DirectLine> => {
  const line: Line = { connector, secret: `secret-${randomUUID()}`, passes: new Map(), talks: new Map() };
  let port = 0;
  const app = express();
  app.use('/v3/directline', openToAll, service(line));
  app.get('/webchat.js', (_, res) => res.sendFile(script, { dotfiles: 'allow' }));
  app.get('/', (_, res) => {
    const { token } = grant(line, visitor(undefined));
    res.type('html').send(webchatPage({ domain: `http://127.0.0.1:${port}/v3/directline`, token }));
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  return {
    page: `http://localhost:${port}/`,
    domain: `http://127.0.0.1:${port}/v3/directline`,
    secret: line.secret,
    get talks() {
      return [...line.talks.values()];
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
