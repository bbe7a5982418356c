import * as botbuilder from 'botbuilder';
import express, { json } from 'express';
import { answer, close, listen, type SmallBot, type Turn, tokenOf } from './bots.ts';
import type { Connector } from './connector.ts';

type Factory = botbuilder.ConfigurationServiceClientCredentialFactory;

const credentials = (env: Connector['env']): Factory => {
  const factory = new botbuilder.ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: env.MICROSOFT_APP_ID ?? '',
    MicrosoftAppPassword: env.MICROSOFT_APP_PASSWORD ?? '',
    MicrosoftAppType: env.MICROSOFT_APP_ID === undefined ? 'MultiTenant' : 'SingleTenant',
    MicrosoftAppTenantId: env.MICROSOFT_APP_TENANT_ID ?? '',
  });
  factory.createCredentials = async () => ({
    signRequest: async (request) => {
      if (env.MICROSOFT_APP_ID !== undefined)
        request.headers.set('authorization', `Bearer ${await tokenOf(env)}`);
      return request;
    },
  });
  return factory;
};

export const startBotbuilderBot = async (connector: Connector): Promise<SmallBot> => {
  const { env } = connector;
  const cloud = {
    ToChannelFromBotLoginUrl: env.MICROSOFT_LOGIN_URL ?? '',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl: env.MICROSOFT_OPENID_METADATA ?? '',
    ToBotFromEmulatorOpenIdMetadataUrl: env.MICROSOFT_OPENID_METADATA ?? '',
    OAuthUrl: 'https://api.botframework.com',
    ValidateAuthority: true,
    CallerId: '',
  };
  const adapter = new botbuilder.CloudAdapter(
    new botbuilder.ConfigurationBotFrameworkAuthentication(cloud, credentials(env)),
  );
  let last: Partial<botbuilder.ConversationReference> | undefined;
  const logic = async (context: botbuilder.TurnContext): Promise<void> => {
    last = botbuilder.TurnContext.getConversationReference(context.activity);
    const send: Turn['send'] = async (activity) => (await context.sendActivity(activity))?.id;
    await answer({ activity: context.activity, send, update: (one) => context.updateActivity(one) }, () =>
      tokenOf(env),
    );
  };
  const app = express();
  app.post('/api/messages', json(), (req, res) => adapter.process(req, res, logic));
  const server = await listen(app, connector);
  return {
    remind: (text) =>
      adapter.continueConversationAsync(env.MICROSOFT_APP_ID ?? '', last ?? {}, async (context) => {
        await context.sendActivity(text);
      }),
    close: () => close(server),
  };
};
