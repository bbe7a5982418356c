import { badRequest } from './refusal.ts';
import type { Upload } from './types.ts';

/**
 * What a parameter is. Telegram itself reads every value from text, so that forms and JSON come to the same, and
 * passes over names it does not know; refusing those is our own caution: a misspelt option is a bug.
 */
export type Kind = 'int' | 'bool' | 'text' | 'object' | 'list' | 'file';
export type Spec = Readonly<Record<string, Kind>>;
export type Params = Readonly<Record<string, unknown>>;

export const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' && value !== null && (value as Partial<Upload>).bytes instanceof Uint8Array;

const fromJson = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};

const integer = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) : undefined;
};

const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  ['true', true],
  ['false', false],
]);

const readers: Readonly<Record<Kind, (value: unknown) => unknown>> = {
  int: integer,
  bool: (value) => FLAGS.get(value),
  text: (value) => (typeof value === 'string' ? value : undefined),
  object: (value) => {
    const read = fromJson(value);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? read : undefined;
  },
  list: (value) => {
    const read = fromJson(value);
    return Array.isArray(read) ? read : undefined;
  },
  file: (value) => (isUpload(value) || typeof value === 'string' ? value : undefined),
};

/** A chat that is named by anything but its number does not exist for a bot of private chats. */
const illTyped = (name: string, kind: Kind): Error =>
  name === 'chat_id'
    ? badRequest('chat not found')
    : badRequest(`parameter "${name}" must be of type ${kind}`);

/** Reads every value as what it is, and refuses what the method does not take. Files of `attach://` stay as they are. */
export const checked = (spec: Spec, given: Params): Params => {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const kind = spec[name];
    // telegraf's multipart and webhook answers repeat the method's name among the fields
    if (name === 'method' || (kind === undefined && isUpload(value))) continue;
    if (kind === undefined) throw badRequest(`unknown parameter "${name}"`);
    const taken = readers[kind](value);
    if (taken === undefined) throw illTyped(name, kind);
    read[name] = taken;
  }
  return read;
};

export const int = (params: Params, name: string): number | undefined => params[name] as number | undefined;
export const flag = (params: Params, name: string): boolean => params[name] === true;
export const text = (params: Params, name: string): string | undefined => params[name] as string | undefined;
export const list = (params: Params, name: string): readonly unknown[] | undefined =>
  params[name] as readonly unknown[] | undefined;
export const object = (params: Params, name: string): Params | undefined =>
  params[name] as Params | undefined;
