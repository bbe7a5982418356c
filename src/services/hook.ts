/** Headers of a request, by their names in small letters. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A place a platform posts JSON to. */
export interface Hook {
  /** Most bytes of a body. */
  readonly limit: number;
  /** Whether it is the platform who posts. Asked before the body is read: nobody else's megabyte is parsed. */
  believes(headers: Headers): boolean;
  /**
   * Resolves when the platform may forget the post: after the commit. Rejects with what carries a `status` to refuse
   * it, or is `retryable`: then the platform is to come again.
   */
  take(body: unknown): Promise<void>;
}
