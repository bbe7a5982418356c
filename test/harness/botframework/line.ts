import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Activity, Attachment } from './activity.ts';
import type { Connector } from './connector.ts';
import type { Talk } from './talk.ts';
import { usual } from './usual.ts';

export interface Pass {
  readonly conversation: string;
  readonly user: string;
}

/** Direct Line's books. */
export interface Line {
  readonly connector: Connector;
  readonly secret: string;
  readonly passes: Map<string, Pass>;
  readonly talks: Map<string, Talk>;
}

/** Seconds a token of Direct Line is good for. */
const TOKEN_SECONDS = 1800;

export const bearer = (req: Request): string => req.get('authorization')?.replace(/^Bearer /, '') ?? '';
export const refused = (res: Response, status: number, code: string): void =>
  void res.status(status).json({ error: { code } });

export const grant = ({ passes, connector }: Line, pass: Pass) => {
  const token = connector.identity.signToken({
    issuer: 'https://directline.botframework.com/',
    serviceUrl: null,
    expires: TOKEN_SECONDS,
    claims: { conv: pass.conversation, user: pass.user, jti: randomUUID() },
  });
  passes.set(token, pass);
  return { conversationId: pass.conversation, token, expires_in: TOKEN_SECONDS };
};

export const visitor = (user: unknown): Pass => ({
  conversation: `line-${randomUUID()}`,
  user: typeof user === 'string' && user.startsWith('dl_') ? user : `dl_${randomUUID()}`,
});

/** The bot and the person come in together: what makes most bots greet. */
export const begin = async ({ connector, talks }: Line, { conversation, user }: Pass): Promise<Talk> => {
  const bot = { id: 'khaibao', name: 'khaibao' };
  const about = { id: conversation, channelId: 'directline', tenantId: connector.identity.tenantId };
  const talk = connector.open({ ...about, user: { id: user }, bot });
  talks.set(conversation, talk);
  const membersAdded = [talk.bot, talk.user];
  const joined = { type: 'conversationUpdate', ...usual(talk, 'vi-VN', connector.serviceUrl), membersAdded };
  await connector.post({ ...joined, id: `${conversation}|0` });
  return talk;
};

/** Passes on what the client said; who said it and where is not the client's to say. */
export const pass = async ({ connector }: Line, talk: Talk, body: Activity, res: Response): Promise<void> => {
  const { from, recipient, conversation, serviceUrl, channelId } = usual(talk, '', connector.serviceUrl);
  const said = talk.add({ ...body, from, recipient, conversation, serviceUrl, channelId } as Activity);
  const { status } = await connector.post(said);
  if (status >= 400) return refused(res, 502, 'BotError');
  res.json({ id: said.id });
};

/** Files beside an activity: kept here, and named in it by their address. */
export const upload = async (line: Line, talk: Talk, req: Request, res: Response): Promise<void> => {
  const headers = { 'content-type': req.get('content-type') ?? '' };
  const form = await new globalThis.Response(req.body as Buffer, { headers }).formData();
  const described = form.get('activity');
  const activity = described instanceof Blob ? await described.text() : (described ?? '{"type":"message"}');
  const attachments: Attachment[] = [];
  for (const file of form.getAll('file').filter((one) => one instanceof File)) {
    const { type, name } = file;
    const bytes = new Uint8Array(await file.arrayBuffer());
    attachments.push({
      contentType: type,
      name,
      contentUrl: line.connector.files.keep({ bytes, type, name, guarded: false }),
    });
  }
  await pass(line, talk, { ...(JSON.parse(activity) as Activity), attachments }, res);
};

/** What the client may see: everything but the comings and goings. */
export const since = (talk: Talk, watermark: unknown) => {
  const from = Number(watermark ?? 0) || 0;
  const activities = talk.log.slice(from).filter(({ type }) => type !== 'conversationUpdate');
  return { activities, watermark: String(talk.log.length) };
};
