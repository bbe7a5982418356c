/** Why a sealed value stays shut: a closed set. */
export type SealFault =
  /** Cut short, or not something we sealed. */
  | 'malformed'
  /** Sealed under a data key that is not in the database. */
  | 'unknown-key'
  /** Sealed for another record or field, or changed since. */
  | 'refused';

/** A sealed value could not be opened. Never retryable: the value or its place is wrong. */
export class SealError extends Error {
  override readonly name = 'SealError';
  readonly retryable = false;
  readonly code: `seal.${SealFault}`;

  constructor(fault: SealFault, context: string, options?: ErrorOptions) {
    super(`sealed value ${fault} (${context})`, options);
    this.code = `seal.${fault}`;
  }
}

/** The key ring cannot be used; the message is a sentence for whoever set `KHAIBAO_KEYS`. */
export class KeyRingError extends Error {
  override readonly name = 'KeyRingError';
  readonly retryable = false;
  readonly code = 'keys.invalid';
}
