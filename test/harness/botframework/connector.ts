import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { json } from 'express';
import { createFaults, type Faults } from './faults.ts';
import { createFiles, type Files } from './files.ts';
import { createIdentity, type Identity } from './identity.ts';
import { type BotPerson, openPerson, type PersonAbout } from './person.ts';
import { type Post, type Poster, poster } from './post.ts';
import { type Call, connectorRoutes, recorder } from './routes.ts';
import { openTalk, type Talk, type TalkAbout } from './talk.ts';

/** A stand-in for the Bot Connector, Microsoft's login and its signing keys, on one port. */
export interface Connector extends Pick<Faults, 'fail' | 'heal' | 'hanging'> {
  /** Ends in a slash, as those of most channels do. */
  readonly serviceUrl: string;
  /** The settings that point the app here. */
  readonly env: Readonly<Record<string, string>>;
  readonly identity: Identity;
  readonly files: Files;
  readonly calls: readonly Call[];
  readonly posts: readonly Post[];
  /** Where the bot takes activities, e.g. `http://127.0.0.1:3000/api/messages`. */
  bot(url: string): void;
  /** Somebody on one of the channels; a new conversation each time. */
  person(about?: PersonAbout): BotPerson;
  open(about: TalkAbout): Talk;
  readonly post: Poster;
  close(): Promise<void>;
}

export interface ConnectorOptions {
  /** Without, neither side shows a token and the app has no id. */
  readonly auth?: boolean;
  readonly appId?: string;
  readonly tenantId?: string;
}

const settings = (serviceUrl: string, { appId, password, tenantId }: Identity, auth: boolean) => ({
  BOT_FRAMEWORK: 'on',
  BOT_FRAMEWORK_HOSTS: '127.0.0.1',
  ...(auth
    ? {
        MICROSOFT_APP_ID: appId,
        MICROSOFT_APP_PASSWORD: password,
        MICROSOFT_APP_TENANT_ID: tenantId,
        MICROSOFT_OPENID_METADATA: `${serviceUrl}v1/.well-known/openidconfiguration`,
        MICROSOFT_LOGIN_URL: serviceUrl.replace(/\/$/, ''),
      }
    : {}),
});

export const startConnector = async (options: ConnectorOptions = {}): Promise<Connector> => {
  const { auth = true, ...named } = options;
  const talks = new Map<string, Talk>();
  const [calls, posts]: [Call[], Post[]] = [[], []];
  let [serviceUrl, botUrl] = ['', ''];
  const identity = createIdentity(() => serviceUrl, named);
  const trusted = (token: string | undefined): boolean => !auth || identity.issued(token);
  const files = createFiles(() => serviceUrl, trusted);
  const faults = createFaults();
  const app = express();
  app.use('/v3', json({ limit: '8mb' }), recorder(calls));
  app.use(faults.routes, identity.routes, files.routes);
  app.use(connectorRoutes({ talks, files, trusted }));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const open = (about: TalkAbout): Talk => {
    const talk = openTalk(about);
    talks.set(talk.id, talk);
    return talk;
  };
  const post = poster(
    () => botUrl,
    () => (auth ? `Bearer ${identity.signToken()}` : null),
    posts,
  );
  const { appId, tenantId } = identity;
  const person: Connector['person'] = (about = {}) =>
    openPerson(about, { open, post, files, serviceUrl, appId, tenantId, name: randomUUID() });
  return {
    serviceUrl,
    env: settings(serviceUrl, identity, auth),
    identity,
    files,
    calls,
    posts,
    fail: faults.fail,
    heal: faults.heal,
    hanging: faults.hanging,
    bot: (url) => {
      botUrl = url;
    },
    person,
    open,
    post,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
