import { z } from 'zod';
import { botFrameworkOf, PLATFORMS, type PlatformSettings, telegramOf } from './app/platforms.ts';

/** Empty is the same as not there: a line `MONGODB_URI=` in a file of settings. */
const given = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text.trim();

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().default('.data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://')
    .optional(),
  KHAIBAO_KEYS: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  HOTLINE: z.string().max(40).default('1900 9095'),
  TRUST_PROXY: z.string().optional(),
  KHAIBAO_MODE: z.enum(['real', 'training']).default('real'),
  ...PLATFORMS,
});

/** What the environment says, checked. */
export interface Settings extends PlatformSettings {
  readonly production: boolean;
  readonly port: number;
  /** Address to listen on; every one when it is not given. */
  readonly host?: string;
  /** Where people find us, without a slash at the end: links and QR begin with it. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly mongodbUri?: string;
  readonly keys?: string;
  readonly logLevel: string;
  /** The number people are told to call; by default the Ministry of Health's. */
  readonly hotline: string;
  readonly trustProxy?: number | string;
  /** Everything said is an exercise: marked, counted nowhere, told to nobody but those who train. */
  readonly training: boolean;
}

/** A setting is missing, wrong or unsafe. The message is one sentence for whoever starts the system. */
class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const unsafe = (settings: Settings): string | undefined => {
  if (!settings.production) return undefined;
  if (settings.keys === undefined)
    return 'KHAIBAO_KEYS is needed in production; `npm run khaibao -- keys new` makes a key ring.';
  if (!settings.publicUrl.startsWith('https:')) return 'PUBLIC_URL must begin with https:// in production.';
  if (settings.botFramework !== undefined && settings.botFramework.appId === undefined)
    return 'MICROSOFT_APP_ID is needed in production: without it the Bot Framework verifies nobody.';
  if (settings.botFramework !== undefined && settings.botFramework.password === undefined)
    return 'MICROSOFT_APP_PASSWORD is needed in production: without it the Bot Framework takes no answer from us.';
  return undefined;
};

const proxy = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text);

/** @throws SettingsError */
export const readSettings = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const parsed = schema.safeParse(
    Object.fromEntries(Object.keys(schema.shape).map((name) => [name, given(env[name])])),
  );
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SettingsError(`The setting ${issue?.path.join('.')} is not right: ${issue?.message}.`);
  }
  const { data } = parsed;
  const settings: Settings = {
    production: data.NODE_ENV === 'production',
    port: data.PORT,
    ...(data.HOST === undefined ? {} : { host: data.HOST }),
    publicUrl: (data.PUBLIC_URL ?? `http://localhost:${data.PORT}`).replace(/\/+$/, ''),
    dataDir: data.DATA_DIR,
    ...(data.MONGODB_URI === undefined ? {} : { mongodbUri: data.MONGODB_URI }),
    ...(data.KHAIBAO_KEYS === undefined ? {} : { keys: data.KHAIBAO_KEYS }),
    logLevel: data.LOG_LEVEL,
    hotline: data.HOTLINE,
    ...(data.TRUST_PROXY === undefined ? {} : { trustProxy: proxy(data.TRUST_PROXY) }),
    training: data.KHAIBAO_MODE === 'training',
    ...telegramOf(data),
    ...botFrameworkOf(data),
  };
  const sentence = unsafe(settings);
  if (sentence !== undefined) throw new SettingsError(sentence);
  return settings;
};
