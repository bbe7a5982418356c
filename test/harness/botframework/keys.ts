import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** `ours` is published and endorsed, `elsewhere` is published for other channels, `stranger` nobody has published. */
export type KeyName = 'ours' | 'elsewhere' | 'stranger';

/** `HS256` takes the published key's PEM for its secret; `none` signs nothing. */
export type Algorithm = 'RS256' | 'RS384' | 'HS256' | 'none';

export interface Pair {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const pair = (kid: string): Pair => ({ kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) });

// Three RSA keys take half a second: once for each test file.
let made: Readonly<Record<KeyName, Pair>> | undefined;
export const keys = (): Readonly<Record<KeyName, Pair>> => {
  made ??= { ours: pair('key-ours'), elsewhere: pair('key-elsewhere'), stranger: pair('key-stranger') };
  return made;
};

/** The last part of a token. */
export const signatureOf = (input: string, alg: Algorithm, { privateKey, publicKey }: Pair) => {
  if (alg === 'none') return '';
  if (alg === 'HS256')
    return createHmac('sha256', publicKey.export({ type: 'spki', format: 'pem' }))
      .update(input)
      .digest('base64url');
  return createSign(alg === 'RS256' ? 'RSA-SHA256' : 'RSA-SHA384')
    .update(input)
    .sign(privateKey, 'base64url');
};
