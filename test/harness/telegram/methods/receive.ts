import type { Hook } from '../courier.ts';
import { flag, int, list, type Params, text } from '../params.ts';
import { badRequest, conflict } from '../refusal.ts';
import { UPDATE_KINDS } from '../wire.ts';
import type { World } from '../world.ts';
import type { Methods } from './method.ts';

/** getUpdates waits at most 50 s, gives at most 100; other numbers are brought inside, not refused (Client.cpp). */
const LONGEST_WAIT = 50;
const MOST_UPDATES = 100;
const MOST_CONNECTIONS = 100;
const USUAL_CONNECTIONS = 40;

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** The list stays in force until another is given; an unknown name is refused by our own caution. */
const allow = ({ updates }: World, params: Params): void => {
  const given = list(params, 'allowed_updates');
  if (given === undefined) return;
  const odd = given.find((kind) => !UPDATE_KINDS.includes(String(kind)));
  if (odd !== undefined) throw badRequest(`unknown kind of update "${String(odd)}" in allowed_updates`);
  updates.allow(given.map(String));
};

const secretOf = (params: Params): string | undefined => {
  const secret = text(params, 'secret_token') ?? '';
  if (secret === '') return undefined;
  if (secret.length > 256) throw badRequest('secret token is too long');
  if (!/^[A-Za-z0-9_-]+$/.test(secret)) throw badRequest('secret token contains unallowed characters');
  return secret;
};

/** Plain http is for this machine only; the real server wants https on 443, 80, 88 or 8443. */
const checkAddress = (address: string): void => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) throw badRequest('invalid webhook URL specified');
  if (url.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname)) return;
  if (url.protocol !== 'https:') throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  if (!['', '443', '80', '88', '8443'].includes(url.port))
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
};

const setWebhook = (world: World, params: Params): true => {
  const url = text(params, 'url') ?? '';
  const secret = secretOf(params);
  if (url !== '') checkAddress(url);
  allow(world, params);
  if (flag(params, 'drop_pending_updates')) world.updates.clear();
  const connections = within(int(params, 'max_connections') ?? USUAL_CONNECTIONS, 1, MOST_CONNECTIONS);
  const hook: Hook = { url, connections, ...(secret === undefined ? {} : { secret }) };
  world.poll.end(conflict('terminated by setWebhook request'));
  world.courier.set(url === '' ? undefined : hook);
  return true;
};

const webhookInfo = ({ courier, updates }: World): object => {
  const hook = courier.hook();
  const waiting = { has_custom_certificate: false, pending_update_count: updates.live().length };
  if (hook === undefined) return { url: '', ...waiting };
  const allowed_updates = [...updates.allowed()];
  return {
    url: hook.url,
    ...waiting,
    max_connections: hook.connections,
    allowed_updates,
    ...courier.error(),
  };
};

const ACTIVE =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

export const receiving: Methods = {
  getUpdates: {
    takes: { offset: 'int', limit: 'int', timeout: 'int', allowed_updates: 'list' },
    run: (world, params, gone) => {
      if (world.courier.hook() !== undefined) throw conflict(ACTIVE);
      allow(world, params);
      return world.poll.ask({
        offset: int(params, 'offset') ?? 0,
        limit: within(int(params, 'limit') ?? MOST_UPDATES, 1, MOST_UPDATES),
        wait: within(int(params, 'timeout') ?? 0, 0, LONGEST_WAIT) * world.second,
        gone,
      });
    },
  },
  setWebhook: {
    takes: {
      url: 'text',
      secret_token: 'text',
      allowed_updates: 'list',
      drop_pending_updates: 'bool',
      max_connections: 'int',
      ip_address: 'text',
      certificate: 'file',
    },
    run: setWebhook,
    says: 'Webhook was set',
  },
  deleteWebhook: {
    takes: { drop_pending_updates: 'bool' },
    run: (world, params) => {
      if (flag(params, 'drop_pending_updates')) world.updates.clear();
      world.courier.set(undefined);
      return true;
    },
    says: 'Webhook was deleted',
  },
  getWebhookInfo: { takes: {}, run: webhookInfo },
};
