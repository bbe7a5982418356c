import { z } from 'zod';
import type { AllowedUrl } from './hosts.ts';
import { CallFailed } from './sdk.ts';

/** Photos of phones and lists stay below; more is not read into memory (bytes). */
const MOST_BYTES = 10 * 1_024 * 1_024;
const PATIENCE = 20_000;
const MOST_REDIRECTS = 3;

const photo = z.object({ url: z.url(), serviceUrl: z.url() });
type Photo = z.infer<typeof photo>;

/** What a `photo` or `file` event is called: where it lies, and by which service it came. */
export const photoRef = ({ url, serviceUrl }: Photo): string => JSON.stringify({ url, serviceUrl });

const photoOf = (ref: string): Photo | undefined => {
  try {
    return photo.safeParse(JSON.parse(ref)).data;
  } catch {
    return undefined;
  }
};

export interface PhotoParts {
  readonly allowed: AllowedUrl;
  /** Our token for the connector; undefined while nobody is verified. */
  readonly token?: () => Promise<string>;
}

const bodyOf = async (response: Response): Promise<Uint8Array | null> => {
  if (Number(response.headers.get('content-length') ?? 0) > MOST_BYTES) return null;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > MOST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
};

/** Follows where it is sent, as long as it is sent to a host we know; the token stays with the first. */
const get = async (parts: PhotoParts, first: string, token: string | undefined): Promise<Response | null> => {
  const signal = AbortSignal.timeout(PATIENCE);
  let url = first;
  for (let hop = 0; hop <= MOST_REDIRECTS && parts.allowed(url); hop += 1) {
    const headers = token !== undefined && url === first ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(url, { headers, signal, redirect: 'manual' });
    const next = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || next === null) return response;
    await response.body?.cancel();
    url = new URL(next, url).href;
  }
  return null;
};

/**
 * Some channels (Teams) give their files only to the bot itself. It says who it is when it was sent away without,
 * and only to the service the message came by.
 */
const ask = async (parts: PhotoParts, { url, serviceUrl }: Photo): Promise<Response | null> => {
  const response = await get(parts, url, undefined);
  const shut = response?.status === 401 || response?.status === 403;
  if (!shut || parts.token === undefined || new URL(url).origin !== new URL(serviceUrl).origin)
    return response;
  await response.body?.cancel();
  return get(parts, url, await parts.token());
};

/** The photo or file; null when it is no longer there, too big, or somewhere we do not go. @throws CallFailed */
export const fetchFile = async (parts: PhotoParts, ref: string): Promise<Uint8Array | null> => {
  const found = photoOf(ref);
  if (found === undefined) return null;
  try {
    const response = await ask(parts, found);
    if (response === null) return null;
    if (response.ok) return await bodyOf(response);
    await response.body?.cancel();
    if (response.status < 500) return null;
  } catch (error) {
    if (error instanceof CallFailed) throw error;
  }
  throw new CallFailed('photo-away');
};
