import { randomUUID } from 'node:crypto';
import { type RequestHandler, Router, urlencoded } from 'express';
import { type Algorithm, type KeyName, keys, type Pair, signatureOf } from './keys.ts';

/** Who signs for the channels of Microsoft's public cloud. */
const ISSUER = 'https://api.botframework.com';
/** What a bot asks a token for, to call the connector. */
const SCOPE = 'https://api.botframework.com/.default';

/** Channels our first key may sign for; the second key is endorsed for a channel that nobody uses here. */
const ENDORSEMENTS = ['msteams', 'webchat', 'directline', 'emulator', 'slack', 'test'];
const ELSEWHERE = ['skype'];

/** What a token shall say; what is not named is as it must be. Times are in seconds from now. */
export interface TokenWish {
  readonly issuer?: string;
  readonly audience?: string | readonly string[];
  /** null leaves the claim out. */
  readonly serviceUrl?: string | null;
  readonly key?: KeyName;
  readonly kid?: string;
  readonly alg?: Algorithm;
  readonly notBefore?: number;
  readonly expires?: number;
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface Identity {
  readonly appId: string;
  readonly password: string;
  readonly tenantId: string;
  signToken(wish?: TokenWish): string;
  /** Whether a bearer token is one that our token endpoint gave out. */
  issued(token: string | undefined): boolean;
  /** Makes every token given out so far worthless: the bot must fetch a new one. */
  revoke(): void;
  /** How many tokens the bot has fetched. */
  readonly fetched: number;
  readonly routes: RequestHandler;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs whatever is asked for, right or wrong. */
const signer =
  (appId: string, home: () => string): Identity['signToken'] =>
  (wish = {}) => {
    const key = keys()[wish.key ?? 'ours'];
    const alg = wish.alg ?? 'RS256';
    const now = Math.floor(Date.now() / 1000);
    const serviceUrl = wish.serviceUrl === undefined ? home() : wish.serviceUrl;
    const claims = {
      iss: wish.issuer ?? ISSUER,
      aud: wish.audience ?? appId,
      ...(serviceUrl === null ? {} : { serviceurl: serviceUrl }),
      nbf: now + (wish.notBefore ?? -10),
      exp: now + (wish.expires ?? 3600),
      ...wish.claims,
    };
    const input = `${encode({ typ: 'JWT', alg, kid: wish.kid ?? key.kid })}.${encode(claims)}`;
    return `${input}.${signatureOf(input, alg, key)}`;
  };

const jwk = ({ kid, publicKey }: Pair, endorsements: readonly string[]) => ({
  ...publicKey.export({ format: 'jwk' }),
  use: 'sig',
  kid,
  x5t: kid,
  endorsements,
});

const metadata = (home: string) => ({
  issuer: ISSUER,
  authorization_endpoint: 'https://invalid.botframework.com',
  jwks_uri: `${home}v1/.well-known/keys`,
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
});

/** Why a request for a token is refused, in the words of Microsoft's login. */
const refusal = (form: Readonly<Record<string, unknown>>, appId: string, password: string) => {
  if (form.grant_type !== 'client_credentials') return 'unsupported_grant_type';
  if (form.scope !== SCOPE) return 'invalid_scope';
  if (form.client_id !== appId) return 'unauthorized_client';
  return form.client_secret === password ? undefined : 'invalid_client';
};

/**
 * Microsoft's side of who is who: keys of our own under Microsoft's paths, and tokens for a bot that knows its secret.
 * `home` ends in a slash.
 */
export const createIdentity = (home: () => string, named: Partial<Identity> = {}): Identity => {
  const { appId = randomUUID(), tenantId = randomUUID() } = named;
  const password = `secret-${randomUUID()}`;
  const tokens = new Set<string>();
  let fetched = 0;
  const routes = Router();
  routes.get('/v1/.well-known/openidconfiguration', (_, res) => void res.json(metadata(home())));
  routes.get('/v1/.well-known/keys', (_, res) => {
    res.json({ keys: [jwk(keys().ours, ENDORSEMENTS), jwk(keys().elsewhere, ELSEWHERE)] });
  });
  routes.post(`/${tenantId}/oauth2/v2.0/token`, urlencoded({ extended: false }), (req, res) => {
    const error = refusal((req.body ?? {}) as Record<string, unknown>, appId, password);
    if (error !== undefined) return void res.status(error === 'invalid_client' ? 401 : 400).json({ error });
    fetched += 1;
    const token = signToken({
      audience: ISSUER,
      serviceUrl: null,
      claims: { appid: appId, jti: randomUUID() },
    });
    tokens.add(token);
    res.json({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: token });
  });
  const signToken = signer(appId, home);
  return {
    appId,
    password,
    tenantId,
    signToken,
    issued: (token) => token !== undefined && tokens.has(token),
    revoke: () => tokens.clear(),
    get fetched() {
      return fetched;
    },
    routes,
  };
};
