import type { RawRequest, Received } from '../port.ts';
import { type Activity, parseActivity } from './activity.ts';
import type { AllowedUrl } from './hosts.ts';
import type { Keys } from './keys.ts';
import type { BotSdk } from './sdk.ts';
import { wrongToken } from './token.ts';
import { readActivity } from './wire.ts';

export interface ReceiveParts {
  /** Without one nobody is verified, and only this machine may be answered. */
  readonly appId?: string;
  readonly allowed: AllowedUrl;
  readonly keys: Keys;
  readonly sdk: () => Promise<BotSdk>;
  /** Told what was wrong with each post that was not believed. */
  readonly unbelieved: (code: string) => void;
  readonly now: () => number;
}

type Refused = Extract<Received, { kind: 'refused' }>;

const refused = (status: Refused['status'], code: string): Refused => ({ kind: 'refused', status, code });

/** What is wrong with the token: by our own rules first, which are the same for both SDKs, then by the SDK's. */
const wrongCaller = async (parts: ReceiveParts, activity: Activity, authorization: string | undefined) => {
  const { appId, keys, sdk, now } = parts;
  if (appId === undefined) return undefined;
  const { channelId, serviceUrl } = activity;
  const wrong = await wrongToken(authorization, { appId, channelId, serviceUrl }, keys, now());
  if (wrong !== undefined) return wrong;
  const believed = { authorization: authorization ?? '', channelId, serviceUrl };
  return (await (await sdk()).vouches(believed)) ? undefined : 'sdk-refuses';
};

/** Believes or refuses one post, and reads it. Nothing is stored or sent before. @throws KeysAway (`keys.ts`) */
export const receive = async (parts: ReceiveParts, { headers, body }: RawRequest): Promise<Received> => {
  const activity = parseActivity(body);
  if (activity === undefined) return refused(400, 'bad-request');
  if (!parts.allowed(activity.serviceUrl)) return refused(403, 'foreign-service');
  const wrong = await wrongCaller(parts, activity, headers.authorization);
  if (wrong === undefined) return readActivity(activity, parts.now());
  parts.unbelieved(wrong);
  return refused(401, wrong);
};
