import * as agents from '@microsoft/agents-hosting';
import express, { json } from 'express';
import { answer, close, listen, type SmallBot, type Turn, tokenOf } from './bots.ts';
import type { Connector } from './connector.ts';

/** Nobody is verified here: this SDK's own check fetches its keys from Microsoft, whatever it is told. */
class AgentsAdapter extends agents.CloudAdapter {
  env: Connector['env'] = {};
  protected override async createConnectorClientWithIdentity(
    ...[, { serviceUrl }]: Parameters<agents.CloudAdapter['createConnectorClientWithIdentity']>
  ): Promise<agents.ConnectorClient> {
    return agents.ConnectorClient.createClientWithToken(serviceUrl ?? '', await tokenOf(this.env));
  }
}

/** Without an audience the SDK fetches no token of its own. */
const NOBODY = {};

const made = (activity: Readonly<Record<string, unknown>>) =>
  Object.assign(agents.MessageFactory.text(''), activity);

export const startAgentsBot = async (connector: Connector): Promise<SmallBot> => {
  const { env } = connector;
  const adapter = new AgentsAdapter({ clientId: env.MICROSOFT_APP_ID ?? '' });
  adapter.env = env;
  adapter.onTurnError = async (_, error) => {
    throw error;
  };
  let last: ReturnType<agents.TurnContext['activity']['getConversationReference']> | undefined;
  const logic = async (context: agents.TurnContext): Promise<void> => {
    last = context.activity.getConversationReference();
    const send: Turn['send'] = async (activity) => (await context.sendActivity(made(activity)))?.id;
    const update: Turn['update'] = (activity) => context.updateActivity(made(activity));
    await answer({ activity: context.activity, send, update }, () => tokenOf(env));
  };
  const app = express();
  app.post('/api/messages', json(), (req, res) =>
    adapter.process(Object.assign(req, { user: NOBODY }), res, logic),
  );
  const server = await listen(app, connector);
  return {
    remind: async (text) => {
      if (last === undefined) throw new Error('nobody has spoken');
      await adapter.continueConversation(NOBODY, last, async (context) => {
        await context.sendActivity(text);
      });
    },
    close: () => close(server),
  };
};
