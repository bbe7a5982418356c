/** The smallest bots that Microsoft's own SDKs make: they show that the stand-in speaks to these, not only to us. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { ADAPTIVE } from './activity.ts';
import type { Connector } from './connector.ts';

export interface SmallBot {
  /** Says something to whoever spoke last, long after their turn. */
  remind(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Asks the stand-in for a token, as both SDKs would ask Microsoft's login: MSAL itself takes https only. */
export const tokenOf = async (env: Connector['env']): Promise<string> => {
  const response = await fetch(
    `${env.MICROSOFT_LOGIN_URL}/${env.MICROSOFT_APP_TENANT_ID}/oauth2/v2.0/token`,
    {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: env.MICROSOFT_APP_ID ?? '',
        client_secret: env.MICROSOFT_APP_PASSWORD ?? '',
        scope: 'https://api.botframework.com/.default',
      }),
    },
  );
  if (!response.ok) throw new Error(`no token: ${response.status}`);
  return ((await response.json()) as { access_token: string }).access_token;
};

/** The part of a turn that both SDKs have in common. */
export interface Turn {
  readonly activity: {
    readonly type: string;
    readonly text?: string;
    readonly value?: unknown;
    readonly attachments?: readonly { readonly contentUrl?: string }[];
  };
  send(activity: Readonly<Record<string, unknown>>): Promise<string | undefined>;
  update(activity: Readonly<Record<string, unknown>>): Promise<unknown>;
}

const card = {
  contentType: ADAPTIVE,
  content: {
    type: 'AdaptiveCard',
    version: '1.3',
    body: [{ type: 'TextBlock', text: 'Anh/chị đồng ý không?', wrap: true }],
    actions: [{ type: 'Action.Submit', title: 'Đồng ý', data: { pressed: 'yes' } }],
  },
};

const actions = { actions: [{ type: 'imBack', title: 'Khai báo', value: '/khaibao' }], to: [] };

const size = async (url: string, token: string): Promise<number> => {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return (await response.arrayBuffer()).byteLength;
};

/** What the small bots say to whom. */
export const answer = async (
  { activity, send, update }: Turn,
  token: () => Promise<string>,
): Promise<void> => {
  if (activity.type !== 'message') return;
  const { text, value, attachments } = activity;
  const message = (words: string, more = {}) => ({ type: 'message', text: words, ...more });
  const url = attachments?.[0]?.contentUrl;
  if (url !== undefined) await send(message(`${await size(url, await token())} byte`));
  else if (value !== undefined) await send(message(`value ${JSON.stringify(value)}`));
  else if (text === 'thẻ') await send({ type: 'message', attachments: [card] });
  else if (text === 'nút') await send(message('Bấm đi', { suggestedActions: actions }));
  else if (text === 'sửa') await update({ ...message('đã sửa'), id: await send(message('chưa sửa')) });
  else await send(message(`nghe: ${text}`));
};

/** Tells the stand-in where the bot is. */
export const listen = async (app: Express, connector: Connector): Promise<Server> => {
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  connector.bot(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`);
  return server;
};

export const close = async (server: Server): Promise<void> => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
};
