import {
  type AuthConfiguration,
  type AuthProvider,
  CloudAdapter,
  type ConnectorClient,
  type Request,
  type TurnContext,
  type WebResponse,
} from '@microsoft/agents-hosting';
import type { ActivityOut } from './activity.ts';
import type { Reference } from './address.ts';
import { type BotSdk, CallFailed, callFailed, type SdkParts } from './sdk.ts';

type Conversation = Parameters<CloudAdapter['continueConversation']>[1];
type Identity = ReturnType<typeof CloudAdapter.createIdentity>;
type Said = Parameters<TurnContext['updateActivity']>[0];

const configuration = ({ appId, tenantId }: SdkParts['settings']): AuthConfiguration => ({
  ...(appId === undefined ? {} : { clientId: appId }),
  ...(tenantId === undefined ? {} : { tenantId }),
  validateIssuer: true,
});

const notUsed = (): never => {
  throw new Error('tokens of other kinds are not used');
};

/** Wherever the SDK asks for a token, it is given ours. */
const provider = (token: () => Promise<string>): AuthProvider => ({
  getAccessToken: token,
  getAgenticApplicationToken: notUsed,
  getAgenticInstanceToken: notUsed,
  getAgenticUserToken: notUsed,
  acquireTokenOnBehalfOf: notUsed,
});

const createAdapter = ({ settings, token }: SdkParts): CloudAdapter => {
  const config = configuration(settings);
  const adapter = new CloudAdapter(config);
  const get = (): AuthProvider => provider(token);
  adapter.connectionManager = {
    getConnection: get,
    getDefaultConnection: get,
    getTokenProvider: get,
    getTokenProviderFromActivity: get,
    getDefaultConnectionConfiguration: () => config,
  };
  // By itself it would tell the person in English that the bot is broken, and swallow the error.
  adapter.onTurnError = async (_context, error) => {
    throw error;
  };
  return adapter;
};

const conversationOf = (reference: Reference): Conversation =>
  ({
    channelId: reference.channelId,
    serviceUrl: reference.serviceUrl,
    conversation: { id: reference.conversation },
    agent: { id: reference.bot },
    user: { id: reference.user },
  }) as Conversation;

interface HttpError {
  readonly name?: string;
  readonly status?: number;
  readonly response?: { readonly headers?: Headers };
}

const failed = (error: unknown): CallFailed => {
  if (error instanceof CallFailed) return error;
  const { name, status, response } = (error ?? {}) as HttpError;
  return callFailed(status, response?.headers?.get('retry-after'), name !== 'ZodError');
};

/** The client writes ids into the address as they are: one with `../` in it would be another address. */
const encodeIds = (client: ConnectorClient): void => {
  const send = client.sendToConversation.bind(client);
  const update = client.updateActivity.bind(client);
  client.sendToConversation = (conversation, body) => send(encodeURIComponent(conversation), body);
  client.updateActivity = (conversation, id, body) =>
    update(encodeURIComponent(conversation), encodeURIComponent(id), body);
};

/** The SDK's own check is a middleware that refuses by answering the request. */
const authorized = (adapter: CloudAdapter, authorization: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const refused = { status: () => ({ send: () => resolve(false) }) } as unknown as WebResponse;
    const request = { method: 'POST', headers: { authorization } } as unknown as Request;
    adapter.authorizeRequest(request, refused, () => resolve(true)).catch(reject);
  });

export const createAgentsSdk = (parts: SdkParts): BotSdk => {
  const { appId, openIdMetadata } = parts.settings;
  const adapter = createAdapter(parts);
  const identity: Identity = appId === undefined ? {} : CloudAdapter.createIdentity(appId);
  const inConversation = (reference: Reference, call: (context: TurnContext) => Promise<void>) =>
    adapter
      .continueConversation(identity, conversationOf(reference), async (context) => {
        encodeIds(context.turnState.get<ConnectorClient>(adapter.ConnectorClientKey));
        // A made-up id of a made-up event: Web Chat would wait for it before it shows the message.
        delete context.activity.id;
        await call(context);
      })
      .catch((error: unknown) => {
        throw failed(error);
      });
  const own = (activity: ActivityOut): Said => structuredClone(activity) as unknown as Said;
  return {
    // Its keys are Microsoft's, at an address written into the SDK: with other keys only our own rules can tell.
    vouches: async ({ authorization }) =>
      openIdMetadata !== undefined || (await authorized(adapter, authorization)),
    send: async (reference, activity) => {
      let id: string | undefined;
      await inConversation(reference, async (context) => {
        id = (await context.sendActivity(own(activity)))?.id;
      });
      return id === '' ? undefined : id;
    },
    update: (reference, id, activity) =>
      inConversation(reference, async (context) => {
        await context.updateActivity(Object.assign(own(activity), { id }));
      }),
  };
};
