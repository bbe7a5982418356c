import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';

export const MICROSOFT_METADATA = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

/** As long as Microsoft's own SDK keeps them (ms). */
const KEEP = 24 * 3_600_000;
/** After so long nobody has asked for days; a key may have been withdrawn, and a post waits for the answer (ms). */
const TOO_OLD = 2 * KEEP;
/**
 * A key we do not know may be new; strangers must not make us ask all the time. New ones that could not be had are
 * asked for again after as long (ms).
 */
const ASK_AGAIN = 5 * 60_000;
const PATIENCE = 10_000;

const metadata = z.object({ jwks_uri: z.url({ protocol: /^https?$/ }) });
const keySet = z.object({
  keys: z.array(
    z.looseObject({ kty: z.string(), kid: z.string(), endorsements: z.array(z.string()).optional() }),
  ),
});

export interface SigningKey {
  readonly key: KeyObject;
  /** Channels it may sign for; every one when there are none. */
  readonly endorsements: readonly string[];
}

export interface Keys {
  /** @throws KeysAway */
  find(kid: string): Promise<SigningKey | undefined>;
}

/** Microsoft's keys cannot be had now, so that nobody can be verified; the platform is to come again. */
class KeysAway extends Error {
  override readonly name = 'KeysAway';
  readonly retryable = true;
}

const get = async (url: string): Promise<unknown> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`the signing keys were answered with ${response.status}`);
  return response.json();
};

const fetchKeys = async (url: string): Promise<ReadonlyMap<string, SigningKey>> => {
  const { jwks_uri } = metadata.parse(await get(url));
  const { keys } = keySet.parse(await get(jwks_uri));
  const rsa = keys.filter(({ kty }) => kty === 'RSA');
  return new Map(
    rsa.map(({ endorsements = [], ...jwk }) => [
      jwk.kid,
      { key: createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }), endorsements },
    ]),
  );
};

interface Held {
  readonly keys: ReadonlyMap<string, SigningKey>;
  /** When they came. */
  readonly at: number;
}

/** The keys that sign for the channels, fetched when they are needed. Old ones serve while new ones cannot be had. */
export const createKeys = (url: string, log: Logger, now: () => number = Date.now): Keys => {
  let held: Held | undefined;
  let asked = 0;
  let asking: Promise<void> | undefined;
  const ask = async (): Promise<void> => {
    asked = now();
    held = { keys: await fetchKeys(url), at: now() };
  };
  /** One at a time. */
  const refresh = (): Promise<void> => {
    asking ??= ask()
      .catch((cause: unknown) => {
        if (held === undefined) throw new KeysAway('the signing keys cannot be had', { cause });
        log.warn(
          { channel: 'botframework', code: 'keys-away', err: cause },
          'old signing keys serve, new ones cannot be had',
        );
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  const due = (): boolean => asking !== undefined || now() - asked > ASK_AGAIN;
  return {
    find: async (kid) => {
      if (held === undefined) await refresh();
      const age = now() - (held?.at ?? 0);
      const waits = age > TOO_OLD || !held?.keys.has(kid);
      if ((waits || age > KEEP) && due()) {
        const refreshed = refresh();
        if (waits) await refreshed;
      }
      return held?.keys.get(kid);
    },
  };
};
