/** Something took longer than it may. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
  readonly code = 'took-too-long';
  readonly retryable = true;
}

/** The result, or `TookTooLong` after `ms`; what was begun goes on, and nobody listens any more. */
export async function within<T>(ms: number, what: string, doing: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong(`${what} took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([doing, late]);
  } finally {
    clearTimeout(timer);
  }
}
