/**
 * A request that gets no for an answer. `status` is the HTTP status, `code` the stable word for programs;
 * the sentence for people comes late, from the catalogue.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: number,
    readonly code: string,
    /** Seconds after which it is worth trying again. */
    readonly retryAfter?: number,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
