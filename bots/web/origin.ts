type Headers = Readonly<Record<string, string | undefined>>;

const hostOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host : undefined;

/**
 * Whether a post comes from our own page. Browsers say so themselves; one too old to say anything still has
 * the cookie's SameSite. `Origin: null` is what a hidden frame sends, never our page.
 */
export const fromOwnPage = (headers: Headers, publicUrl: string): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = headers;
  if (origin === undefined) return true;
  const host = hostOf(origin);
  return host !== undefined && (host === headers.host || host === hostOf(publicUrl));
};
