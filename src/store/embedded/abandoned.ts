/**
 * After so many seconds the database gives a transaction up. A process that dies in one leaves it open: until then nobody
 * else can write what it had written, be it a chat or an alert. MongoDB's own limit is 60 s, and it looks every half of that.
 */
export const SECONDS = 10;

/** By this the database knows it. */
export const LIMIT = 'transactionLifetimeLimitSeconds';
