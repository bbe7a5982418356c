/** What is waited for later: should it fail before, nothing ends of it but the wait. */
export const waitedFor = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => undefined);
  return promise;
};
