import { z } from 'zod';
import { CallFailed } from './sdk.ts';

const MICROSOFT_LOGIN = 'https://login.microsoftonline.com';
/** The tenant of bots that belong to no tenant of their own. */
const COMMON_TENANT = 'botframework.com';
const SCOPE = 'https://api.botframework.com/.default';
/** A token is renewed this long before it ends (ms). */
const EARLY = 5 * 60_000;
const PATIENCE = 10_000;

const granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

export interface LoginParts {
  readonly appId: string;
  readonly password: string;
  readonly tenantId?: string;
  readonly loginUrl?: string;
  readonly now?: () => number;
}

/** Our own token for the connector (OAuth 2 client credentials). */
export interface Login {
  /** @throws CallFailed */
  token(): Promise<string>;
  /** The connector does not believe it any more. */
  forget(): void;
}

type Grant = z.infer<typeof granted>;

/** Nothing of the answer goes into the error: it may repeat what we sent. */
const ask = async (url: string, form: URLSearchParams): Promise<Grant> => {
  const answer = await fetch(url, {
    method: 'POST',
    body: form,
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  }).catch((cause: unknown) => {
    throw new CallFailed('login-away', undefined, undefined, { cause });
  });
  if (!answer.ok) throw new CallFailed(answer.status < 500 ? 'login-refused' : 'login-away');
  const { data } = granted.safeParse(await answer.json().catch(() => undefined));
  if (data === undefined) throw new CallFailed('login-away');
  return data;
};

/**
 * Both SDKs would ask by MSAL, which takes no other login than Microsoft's without asking Microsoft about it first;
 * the request is one form, so that we send it ourselves.
 */
export const createLogin = ({ appId, password, tenantId, loginUrl, now = Date.now }: LoginParts): Login => {
  const url = `${loginUrl ?? MICROSOFT_LOGIN}/${tenantId ?? COMMON_TENANT}/oauth2/v2.0/token`;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: password,
    scope: SCOPE,
  });
  let held: { readonly token: Promise<string>; until: number } | undefined;
  const fetchToken = (): Promise<string> => {
    const asking = { until: Number.POSITIVE_INFINITY, token: Promise.resolve('') };
    asking.token = ask(url, form).then(({ access_token, expires_in }) => {
      asking.until = now() + expires_in * 1_000 - EARLY;
      return access_token;
    });
    held = asking;
    asking.token.catch(() => {
      if (held === asking) held = undefined;
    });
    return asking.token;
  };
  return {
    token: () => (held !== undefined && now() < held.until ? held.token : fetchToken()),
    forget: () => {
      held = undefined;
    },
  };
};
