import type { ActivityOut } from './activity.ts';
import type { Reference } from './address.ts';

/** What the channel is told of Azure; see `src/app/platforms.ts`. */
export interface BotSettings {
  readonly sdk: 'botbuilder' | 'agents';
  readonly appId?: string;
  readonly password?: string;
  readonly tenantId?: string;
  readonly hosts?: readonly string[];
  readonly openIdMetadata?: string;
  readonly loginUrl?: string;
}

/** A call that came to nothing; without a status the other side did not answer. Carries nothing that is secret. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  constructor(
    readonly code: string,
    readonly status?: number,
    /** The `Retry-After` header, as it was sent. */
    readonly retryAfter?: string | null,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

/** An SDK's error, which holds the request with our token: nothing of it but the status goes on. */
export const callFailed = (
  status: number | undefined,
  retryAfter: string | null | undefined,
  onTheWay: boolean,
): CallFailed => {
  if (status !== undefined) return new CallFailed(`connector-${status}`, status, retryAfter);
  // The SDK itself refused what we gave it: as good as the connector's own 400.
  return onTheWay ? new CallFailed('connector-away') : new CallFailed('sdk-refuses', 400);
};

/** A request whose token passed our own rules (`token.ts`), as an SDK wants to see it. */
export interface Believed {
  readonly authorization: string;
  readonly channelId: string;
  readonly serviceUrl: string;
}

/** What we use of an SDK: its opinion of a token, and its call to the connector. One file each imports it. */
export interface BotSdk {
  /** Whether the SDK believes the request too. */
  vouches(request: Believed): Promise<boolean>;
  /** @throws CallFailed */
  send(reference: Reference, activity: ActivityOut): Promise<string | undefined>;
  /** @throws CallFailed */
  update(reference: Reference, id: string, activity: ActivityOut): Promise<void>;
}

/** What an SDK is made with. `token` is our own for the connector; the SDK attaches it. */
export interface SdkParts {
  readonly settings: BotSettings;
  readonly token: () => Promise<string>;
}

/** Only the chosen SDK is loaded: each takes some hundred milliseconds and tens of megabytes. */
export const loadSdk = async (parts: SdkParts): Promise<BotSdk> =>
  parts.settings.sdk === 'agents'
    ? (await import('./agents.ts')).createAgentsSdk(parts)
    : (await import('./botbuilder.ts')).createBotbuilderSdk(parts);
