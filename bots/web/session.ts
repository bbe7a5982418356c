import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 192 bits from the system's generator: nobody guesses one. */
const ID_BYTES = 24;
/** 90 days: somebody who declared comes back with the same phone and is known. Renewed by every visit. */
const LIFE_S = 90 * 24 * 3600;
const SESSION = /^([A-Za-z0-9_-]{32})\.([A-Za-z0-9_-]{22})$/;

/** A browser. `address` is what the rest of the system knows it by; the cookie cannot be made from it. */
export interface Session {
  readonly cookie: string;
  readonly address: string;
}

export interface Sessions {
  issue(): Session;
  /** From a `Cookie` header; undefined unless this system issued it. */
  read(cookies: string | undefined): Session | undefined;
  /** `Set-Cookie` that gives, or renews, the session. */
  header(session: Session): string;
}

export interface SessionParts {
  /** The first signs, all verify: a key that was replaced stays in the list for 90 days. */
  readonly keys: readonly Buffer[];
  /** Whether people come over https; then the cookie never travels otherwise. */
  readonly secure: boolean;
}

const signature = (key: Buffer, id: string): Buffer =>
  createHmac('sha256', key).update(`web-session|${id}`).digest().subarray(0, 16);

const sessionOf = (id: string, signed: Buffer): Session => ({
  cookie: `${id}.${signed.toString('base64url')}`,
  address: createHash('sha256').update(`web-address|${id}`).digest('base64url'),
});

/**
 * Sessions need no storage: the cookie is a random id with our signature, so that nobody can choose an id,
 * for himself or for somebody else, and a visitor who does nothing leaves nothing behind.
 */
export const createSessions = ({ keys, secure }: SessionParts): Sessions => {
  const [first] = keys;
  if (first === undefined) throw new Error('sessions need a key to sign with');
  // "__Host-" binds the cookie to this host, path / and https: no neighbour under the same domain can set it.
  const name = secure ? '__Host-khaibao' : 'khaibao';
  const find = new RegExp(`(?:^|;\\s*)${name}=([^;]*)`);
  return {
    issue: () => {
      const id = randomBytes(ID_BYTES).toString('base64url');
      return sessionOf(id, signature(first, id));
    },
    read: (cookies) => {
      const [, id, given] = SESSION.exec(find.exec(cookies ?? '')?.[1] ?? '') ?? [];
      if (id === undefined || given === undefined) return undefined;
      const signed = Buffer.from(given, 'base64url');
      const known = keys.some((key) => timingSafeEqual(signature(key, id), signed));
      return known ? sessionOf(id, signed) : undefined;
    },
    header: ({ cookie }) =>
      `${name}=${cookie}; Path=/; Max-Age=${LIFE_S}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`,
  };
};
