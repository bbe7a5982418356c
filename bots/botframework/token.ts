import { verify } from 'node:crypto';
import { z } from 'zod';
import type { Keys } from './keys.ts';

/** Who signs for every channel of Microsoft's public cloud. */
export const ISSUER = 'https://api.botframework.com';
/** Clocks may differ by this much (s); it is what Microsoft's SDKs allow. */
const TOLERANCE = 5 * 60;

const header = z.object({ alg: z.literal('RS256'), kid: z.string().min(1) });
const claims = z.object({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  serviceurl: z.string(),
});

/** Who is asked for, and by whom: what a token must say of the activity it came with. */
export interface Expected {
  readonly appId: string;
  readonly channelId: string;
  readonly serviceUrl: string;
}

const json = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

const wrongClaims = (claim: z.infer<typeof claims>, expected: Expected, now: number): string | undefined => {
  if (claim.iss !== ISSUER) return 'wrong-issuer';
  if (claim.aud !== expected.appId) return 'wrong-audience';
  if (now > claim.exp + TOLERANCE) return 'token-expired';
  if (claim.nbf !== undefined && now < claim.nbf - TOLERANCE) return 'token-early';
  return claim.serviceurl === expected.serviceUrl ? undefined : 'wrong-service';
};

const wrongSignature = async (parts: readonly string[], channelId: string, keys: Keys) => {
  const [head = '', body = '', signature = ''] = parts;
  const known = header.safeParse(json(head));
  if (!known.success) return 'wrong-algorithm';
  const found = await keys.find(known.data.kid);
  if (found === undefined) return 'unknown-key';
  if (found.endorsements.length > 0 && !found.endorsements.includes(channelId)) return 'not-endorsed';
  const input = Buffer.from(`${head}.${body}`);
  return verify('RSA-SHA256', input, found.key, Buffer.from(signature, 'base64url'))
    ? undefined
    : 'wrong-signature';
};

/**
 * The rules of the Bot Connector's tokens, whole and the same whichever SDK is behind: what is wrong, or undefined.
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 * @throws KeysAway (`keys.ts`)
 */
export const wrongToken = async (
  authorization: string | undefined,
  expected: Expected,
  keys: Keys,
  now: number,
): Promise<string | undefined> => {
  const token = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]*)$/.exec(authorization ?? '');
  if (token === null) return 'no-token';
  const parts = token.slice(1);
  const said = claims.safeParse(json(parts[1] ?? ''));
  if (!said.success) return 'wrong-claims';
  return wrongClaims(said.data, expected, now / 1_000) ?? wrongSignature(parts, expected.channelId, keys);
};
