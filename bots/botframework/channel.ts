import type { Logger } from 'pino';
import { SendError, type Sent } from '../../src/delivery/outgoing.ts';
import { createOnce } from '../once.ts';
import type { Capabilities, Channel } from '../port.ts';
import { type Reference, referenceFrom } from './address.ts';
import { createCalls } from './calls.ts';
import { createCollectors } from './collector.ts';
import { allowedUrls } from './hosts.ts';
import { createKeys, MICROSOFT_METADATA } from './keys.ts';
import { createLogin, type Login } from './login.ts';
import { fetchFile } from './photo.ts';
import { receive } from './receive.ts';
import { type RenderParts, TEXT_LENGTH } from './render.ts';
import { addRoute } from './route.ts';
import { type BotSdk, type BotSettings, loadSdk } from './sdk.ts';
import { type Senders, sendMessage } from './send.ts';
import { createUnbelieved } from './unbelieved.ts';

export interface BotFrameworkParts extends RenderParts {
  readonly settings: BotSettings;
  readonly log: Logger;
  readonly now?: () => number;
  /** How long a call to the connector may take (ms). */
  readonly patience?: number;
}

/** What most channels behind the connector can; `abilities.ts` knows each, and the renderer goes by that. */
const capabilities: Capabilities = {
  buttons: 100,
  images: true,
  files: true,
  photosIn: true,
  contact: false,
  location: false,
  edits: false,
  textLength: TEXT_LENGTH,
  paid: false,
  takes: 'webhook',
};

const loginOf = ({ settings, now = Date.now }: BotFrameworkParts): Login | undefined => {
  const { appId, password = '' } = settings;
  return appId === undefined ? undefined : createLogin({ ...settings, appId, password, now });
};

const sdkOf = ({ settings }: BotFrameworkParts, login: Login | undefined): (() => Promise<BotSdk>) => {
  let loading: Promise<BotSdk> | undefined;
  return () => {
    loading ??= loadSdk({ settings, token: async () => (await login?.token()) ?? '' });
    return loading;
  };
};

/** Microsoft's channels behind one connector: the SDK verifies and calls, everything between is ours. */
export const createBotFrameworkChannel = (parts: BotFrameworkParts): Channel => {
  const { settings, log, now = Date.now } = parts;
  const { appId } = settings;
  const allowed = allowedUrls(settings.hosts, appId !== undefined);
  const login = loginOf(parts);
  const sdk = sdkOf(parts, login);
  const calls = createCalls({ ...parts, sdk, ...(login && { login }) });
  const collectors = createCollectors();
  const keys = createKeys(settings.openIdMetadata ?? MICROSOFT_METADATA, log, now);
  const unbelieved = createUnbelieved(log, now);
  const senders: Senders = { parts, calls, collectors, once: createOnce<Sent>() };

  const read: Channel['receive'] = (request) =>
    receive({ ...(appId !== undefined && { appId }), allowed, keys, sdk, unbelieved, now }, request);
  /** A setting may have taken a host away since the address was stored. */
  const reach = (address: string): Reference => {
    const reference = referenceFrom(address);
    if (!allowed(reference.serviceUrl)) throw new SendError('permanent', 'foreign-service');
    return reference;
  };
  const typing = (address: string): void => {
    calls
      .send(reach(address), { type: 'typing' })
      .catch(({ code }: SendError) => log.debug({ channel: 'botframework', code }, 'typing was not shown'));
  };

  return {
    name: 'botframework',
    capabilities,
    receive: read,
    send: async (message) => sendMessage(senders, reach(message.address), message),
    fetchFile: (ref) => fetchFile({ allowed, ...(login && { token: login.token }) }, ref),
    start: async ({ http, door, ignored, letIn }) => {
      await sdk();
      const verifies = appId !== undefined;
      addRoute({ http, door, ignored, letIn, verifies, receive: read, collectors, typing });
    },
    stop: async () => undefined,
  };
};
