import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  type TurnContext,
} from 'botbuilder';
import type { ActivityOut } from './activity.ts';
import type { Reference } from './address.ts';
import { MICROSOFT_METADATA } from './keys.ts';
import { type BotSdk, CallFailed, callFailed, type SdkParts } from './sdk.ts';
import { ISSUER } from './token.ts';

type Credentials = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]>;

/** One parameter given means that all are: they are those of the public cloud, save where settings say otherwise. */
const configuration = ({ appId, openIdMetadata, loginUrl }: SdkParts['settings']) => ({
  ...(appId === undefined ? {} : { MicrosoftAppId: appId }),
  ToChannelFromBotLoginUrl: loginUrl ?? 'https://login.microsoftonline.com/botframework.com',
  ToChannelFromBotOAuthScope: ISSUER,
  ToBotFromChannelTokenIssuer: ISSUER,
  OAuthUrl: ISSUER,
  ToBotFromChannelOpenIdMetadataUrl: openIdMetadata ?? MICROSOFT_METADATA,
  ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadata ?? MICROSOFT_METADATA,
});

const credentials = ({ settings: { appId }, token }: SdkParts): Credentials => ({
  isValidAppId: async (id = '') => id === appId,
  isAuthenticationDisabled: async () => appId === undefined,
  createCredentials: async () => ({
    signRequest: async (request) => {
      if (appId !== undefined) request.headers.set('authorization', `Bearer ${await token()}`);
      return request;
    },
  }),
});

const referenceFor = (reference: Reference): Partial<ConversationReference> => ({
  channelId: reference.channelId,
  serviceUrl: reference.serviceUrl,
  conversation: { id: reference.conversation } as ConversationReference['conversation'],
  bot: { id: reference.bot } as ConversationReference['bot'],
  user: { id: reference.user } as NonNullable<ConversationReference['user']>,
});

interface RestError {
  readonly name?: string;
  readonly statusCode?: number;
  readonly response?: { readonly headers?: { get(name: string): string | undefined } };
}

const failed = (error: unknown): CallFailed => {
  if (error instanceof CallFailed) return error;
  const { name, statusCode, response } = (error ?? {}) as RestError;
  return callFailed(statusCode, response?.headers?.get('retry-after'), name === 'RestError');
};

interface Client {
  readonly client?: { readonly pipeline: { removePolicy(policy: { readonly name: string }): unknown } };
}

/** The client would repeat a refused call by itself, up to three times; when to try again is the outbox's to say. */
const onlyOnce = (adapter: CloudAdapter, context: TurnContext): void => {
  const connector = context.turnState.get<Client>(adapter.ConnectorClientKey);
  connector?.client?.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
};

export const createBotbuilderSdk = (parts: SdkParts): BotSdk => {
  const { appId = '' } = parts.settings;
  const authentication = new ConfigurationBotFrameworkAuthentication(
    configuration(parts.settings),
    credentials(parts),
  );
  const adapter = new CloudAdapter(authentication);
  const inConversation = (reference: Reference, call: (context: TurnContext) => Promise<void>) =>
    adapter
      .continueConversationAsync(appId, referenceFor(reference), async (context) => {
        onlyOnce(adapter, context);
        // A made-up id of a made-up event: Web Chat would wait for it before it shows the message.
        delete context.activity.id;
        await call(context);
      })
      .catch((error: unknown) => {
        throw failed(error);
      });
  const own = (activity: ActivityOut): Partial<Activity> => structuredClone(activity) as Partial<Activity>;
  return {
    vouches: ({ authorization, channelId, serviceUrl }) =>
      authentication
        .authenticateRequest({ type: 'message', channelId, serviceUrl } as Activity, authorization)
        .then(({ claimsIdentity }) => claimsIdentity.isAuthenticated)
        .catch(() => false),
    send: async (reference, activity) => {
      let id: string | undefined;
      await inConversation(reference, async (context) => {
        id = (await context.sendActivity(own(activity)))?.id;
      });
      return id === '' ? undefined : id;
    },
    update: (reference, id, activity) =>
      inConversation(reference, async (context) => {
        await context.updateActivity({ ...own(activity), id });
      }),
  };
};
