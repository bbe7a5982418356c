/**
 * What an SDK thinks of some tokens, with nothing of Jest around it (Jest cannot load the agents SDK's JOSE), and which
 * SDKs were loaded for it. Prints JSON.
 *   node --import ./tools/typescript.mjs test/bots/botframework/vouching.ts <sdk>
 */
import http, { type RequestOptions } from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { type BotSettings, loadSdk } from '../../../bots/botframework/sdk.ts';
import { startConnector } from '../../harness/botframework/connector.ts';

const sdk = process.argv[2] === 'agents' ? 'agents' : 'botbuilder';
const connector = await startConnector();
const { serviceUrl, identity } = connector;

// The agents SDK knows one address for the keys: whoever asks there is answered by the stand-in.
const asked: string[] = [];
https.request = ((options: RequestOptions, done: never) => {
  asked.push(`${options.hostname}${options.path}`);
  return http.request(`${serviceUrl}v1/.well-known/keys`, done);
}) as typeof https.request;

const openIdMetadata = `${serviceUrl}v1/.well-known/openidconfiguration`;
const { appId, tenantId } = identity;
const settings: BotSettings = { sdk, appId, tenantId, ...(sdk === 'botbuilder' && { openIdMetadata }) };
const { vouches } = await loadSdk({ settings, token: async () => 'x' });
const tokens = {
  right: identity.signToken(),
  stranger: identity.signToken({ key: 'stranger', kid: 'key-ours' }),
  somebody: identity.signToken({ audience: 'somebody' }),
  issuer: identity.signToken({ issuer: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' }),
  ended: identity.signToken({ expires: -360 }),
};
const answers: Record<string, boolean> = {};
console.error = () => undefined; // botbuilder says there what it thinks of a token
for (const [name, token] of Object.entries(tokens))
  answers[name] = await vouches({ authorization: `Bearer ${token}`, channelId: 'webchat', serviceUrl });
await connector.close();

const files = Object.keys(createRequire(import.meta.url).cache);
const loaded = ['botbuilder', '@microsoft/agents-hosting'].filter((name) =>
  files.some((file) => file.includes(`/node_modules/${name}/`)),
);
process.stdout.write(JSON.stringify({ answers, asked: [...new Set(asked)], loaded }));
process.exit();
