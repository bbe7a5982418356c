import { z } from 'zod';

/** Settings of the platforms people talk on; a channel is there when its settings are. */
export const PLATFORMS = {
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, 'a token looks like 123456:letters and digits')
    .optional(),
  TELEGRAM_API_ROOT: z.url({ protocol: /^https?$/ }).default('https://api.telegram.org'),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, '16 to 256 letters, digits, _ and - are allowed')
    .optional(),
  BOT_FRAMEWORK: z.enum(['on', 'off']).optional(),
  BOT_FRAMEWORK_SDK: z.enum(['botbuilder', 'agents']).default('botbuilder'),
  BOT_FRAMEWORK_HOSTS: z.string().optional(),
  MICROSOFT_APP_ID: z.string().optional(),
  MICROSOFT_APP_PASSWORD: z.string().optional(),
  MICROSOFT_APP_TENANT_ID: z.string().optional(),
  MICROSOFT_OPENID_METADATA: z.url({ protocol: /^https?$/ }).optional(),
  MICROSOFT_LOGIN_URL: z.url({ protocol: /^https?$/ }).optional(),
};

const platforms = z.object(PLATFORMS);
type Given = z.infer<typeof platforms>;

export interface TelegramSettings {
  readonly token: string;
  /** Without a slash at the end. */
  readonly apiRoot: string;
  /** With one, Telegram posts to `/telegram`; without, we ask it. */
  readonly webhookSecret?: string;
}

export interface BotFrameworkSettings {
  readonly sdk: 'botbuilder' | 'agents';
  /** Without one nobody is verified: for development only. */
  readonly appId?: string;
  readonly password?: string;
  readonly tenantId?: string;
  /** Service URLs we may answer to: hosts, or `.suffixes`; Microsoft's own when not given. */
  readonly hosts?: readonly string[];
  /** Where the signing keys and our own tokens come from, when not from Microsoft's public cloud. */
  readonly openIdMetadata?: string;
  readonly loginUrl?: string;
}

export interface PlatformSettings {
  readonly telegram?: TelegramSettings;
  readonly botFramework?: BotFrameworkSettings;
}

const noSlash = (url: string): string => url.replace(/\/+$/, '');

export const telegramOf = (data: Given): Pick<PlatformSettings, 'telegram'> => {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: webhookSecret } = data;
  if (token === undefined) return {};
  const apiRoot = noSlash(data.TELEGRAM_API_ROOT);
  return { telegram: { token, apiRoot, ...(webhookSecret === undefined ? {} : { webhookSecret }) } };
};

/** The Bot Framework is on with an app id, or when it is asked for by name. */
export const botFrameworkOf = (data: Given): Pick<PlatformSettings, 'botFramework'> => {
  const { BOT_FRAMEWORK: asked, MICROSOFT_APP_ID: appId } = data;
  if (asked === 'off' || (asked === undefined && appId === undefined)) return {};
  const optional = {
    appId,
    password: data.MICROSOFT_APP_PASSWORD,
    tenantId: data.MICROSOFT_APP_TENANT_ID,
    hosts: data.BOT_FRAMEWORK_HOSTS?.split(/[\s,]+/),
    openIdMetadata: data.MICROSOFT_OPENID_METADATA,
    loginUrl: data.MICROSOFT_LOGIN_URL,
  };
  const there = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return { botFramework: { sdk: data.BOT_FRAMEWORK_SDK, ...there } };
};
