import { setImmediate as nextTurn } from 'node:timers/promises';

/** Asks in one question what is asked in the same moment. */
export const together = <K, V>(ask: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>) => {
  let asking: Promise<ReadonlyMap<K, V>> | undefined;
  let keys: K[] = [];
  const askAll = async (): Promise<ReadonlyMap<K, V>> => {
    await nextTurn();
    const all = keys;
    keys = [];
    asking = undefined;
    return ask(all);
  };
  return async (key: K): Promise<V | undefined> => {
    keys.push(key);
    asking ??= askAll();
    return (await asking).get(key);
  };
};
