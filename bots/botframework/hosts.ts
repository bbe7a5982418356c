/**
 * Where Microsoft's channels take our answers: one host for each channel under botframework.com, and Teams.
 * Not all of trafficmanager.net: anybody may register a name there.
 */
const MICROSOFT_HOSTS = ['.botframework.com', 'smba.trafficmanager.net', '.teams.microsoft.com'];

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

export type AllowedUrl = (url: string) => boolean;

/**
 * Whether we may call a URL somebody named: our token goes there. `hosts` are names, or suffixes with a dot before
 * them. Only this machine may be called without TLS. Without an app id nobody was verified, so that only this
 * machine may be called at all.
 */
export const allowedUrls = (hosts: readonly string[] | undefined, verified: boolean): AllowedUrl => {
  const names = (hosts ?? MICROSOFT_HOSTS).filter((host) => host !== '').map((host) => host.toLowerCase());
  const named = (host: string): boolean =>
    names.some((name) => (name.startsWith('.') ? host.endsWith(name) : host === name));
  return (text) => {
    const url = urlOf(text);
    if (url === undefined || url.username !== '' || url.password !== '') return false;
    const here = LOOPBACK.test(url.hostname);
    if (!verified) return here && /^https?:$/.test(url.protocol);
    return named(url.hostname) && (url.protocol === 'https:' || (here && url.protocol === 'http:'));
  };
};
