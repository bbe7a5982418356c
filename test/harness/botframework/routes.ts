import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type Activity, EDITABLE, isRecord } from './activity.ts';
import type { Files } from './files.ts';
import { complaint, type Refusal } from './strict.ts';
import type { Talk } from './talk.ts';

/** A call of the bot, refused or not. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly token?: string;
  readonly body: unknown;
  /** When it came in, ms since the epoch. */
  readonly at: number;
  /** What it was answered with; 0 while it hangs or when the line was cut. */
  readonly status: number;
}

interface Desk {
  readonly talks: ReadonlyMap<string, Talk>;
  readonly files: Files;
  /** Whether a bot with this token may come in. */
  readonly trusted: (token: string | undefined) => boolean;
}

const UNAUTHORIZED = {
  status: 401,
  code: 'Unauthorized',
  message: 'Authorization has been denied for this request.',
};
const NO_TALK = { status: 404, code: 'ConversationNotFound', message: 'Conversation not found.' };
const NO_ACTIVITY = { status: 404, code: 'ActivityNotFoundInConversation', message: 'No such activity.' };
const NO_EDITS = {
  status: 405,
  code: 'BadArgument',
  message: 'This channel does not support this operation',
};
const NO_FILE = { status: 400, code: 'BadArgument', message: 'An upload needs type and originalBase64' };
const NO_MEMBER = {
  status: 403,
  code: 'BotNotInConversationRoster',
  message: 'Nobody of this name is known.',
};

const refused = (res: Response, { status, code, message }: Refusal): void =>
  void res.status(status).json({ error: { code, message } });

const bearer = (req: Request): string | undefined =>
  /^Bearer (.+)$/.exec(req.get('authorization') ?? '')?.[1];

/** Writes down each call of the bot when it was answered, or when its line went dead. */
export const recorder =
  (calls: Call[]): RequestHandler =>
  (req, res, next) => {
    const at = Date.now();
    const token = bearer(req);
    res.once('close', () => {
      const status = res.writableFinished ? res.statusCode : 0;
      const { method, path, body } = req;
      calls.push({ method, path, body, at, status, ...(token === undefined ? {} : { token }) });
    });
    next();
  };

type Handle = (talk: Talk, body: Activity, req: Request, res: Response) => void;

const said: Handle = (talk, body, _, res) => {
  const wrong = complaint(body, talk);
  if (wrong !== undefined) return refused(res, wrong);
  res.json({ id: talk.add(body).id });
};

const edited: Handle = (talk, body, req, res) => {
  const wrong = EDITABLE.has(talk.channelId) ? complaint(body, talk) : NO_EDITS;
  if (wrong !== undefined) return refused(res, wrong);
  const id = String(req.params.activity);
  return talk.update(id, body) ? void res.json({ id }) : refused(res, NO_ACTIVITY);
};

const removed: Handle = (talk, _, req, res) => {
  if (!EDITABLE.has(talk.channelId)) return refused(res, NO_EDITS);
  return talk.remove(String(req.params.activity)) ? void res.status(200).end() : refused(res, NO_ACTIVITY);
};

/** Opens the conversation with somebody the bot knows by id: there is one for each person. */
const opened = ({ talks }: Desk, req: Request, res: Response): void => {
  const { members, activity } = (isRecord(req.body) ? req.body : {}) as {
    members?: readonly { id: string }[];
    activity?: Activity;
  };
  const talk = [...talks.values()].find(({ user }) => user.id === members?.[0]?.id);
  if (talk === undefined) return refused(res, NO_MEMBER);
  const first = activity === undefined ? undefined : { from: talk.bot, ...activity };
  const wrong = first === undefined ? undefined : complaint(first, talk);
  if (wrong !== undefined) return refused(res, wrong);
  const activityId = first === undefined ? undefined : talk.add(first).id;
  res.status(201).json({ id: talk.id, ...(activityId === undefined ? {} : { activityId }) });
};

/** The Bot Connector's REST interface, version 3. */
export const connectorRoutes = (desk: Desk): RequestHandler => {
  const routes = Router();
  const inTalk =
    (handle: Handle): RequestHandler =>
    (req, res) => {
      const talk = desk.talks.get(String(req.params.conversation));
      return talk === undefined ? refused(res, NO_TALK) : handle(talk, req.body as Activity, req, res);
    };
  routes.use('/v3/conversations', (req, res, next) =>
    desk.trusted(bearer(req)) ? next() : refused(res, UNAUTHORIZED),
  );
  routes.post('/v3/conversations', (req, res) => opened(desk, req, res));
  routes.post('/v3/conversations/:conversation/activities', inTalk(said));
  routes.post('/v3/conversations/:conversation/activities/:activity', inTalk(said));
  routes.put('/v3/conversations/:conversation/activities/:activity', inTalk(edited));
  routes.delete('/v3/conversations/:conversation/activities/:activity', inTalk(removed));
  routes.post('/v3/conversations/:conversation/attachments', (req, res) => {
    const id = desk.files.take(req.body);
    return id === undefined ? refused(res, NO_FILE) : void res.json({ id });
  });
  return routes;
};
