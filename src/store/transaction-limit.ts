/**
 * After so many seconds the database gives a transaction up. A process that dies in one leaves it open: until then nobody
 * else can write what it had written, be it a chat or an alert. MongoDB's own limit is 60 s, and it looks every half of that.
 */
export const TRANSACTION_LIMIT = { name: 'transactionLifetimeLimitSeconds', seconds: 10 } as const;
