/** @typedef {import('mongoose').mongo.AnyBulkWriteOperation} Operation */

/** @param {Operation} operation */
const changeIn = (operation) => {
  if (!('updateOne' in operation)) return undefined;
  const { filter, update } = operation.updateOne;
  if ('$inc' in update) return undefined; // of a row that somebody else left behind
  const { state, again } = /** @type {{ $set?: { state?: string, again?: boolean } }} */ (update).$set ?? {};
  if (state === undefined) return undefined; // something noted beside it
  return { id: String(filter._id), epoch: Number(filter.epoch), state, again };
};

/** @param {any} rows @param {readonly Operation[]} operations @returns {Promise<Map<string, number>>} */
const epochsOf = async (rows, operations) => {
  const ids = operations.flatMap((operation) => changeIn(operation)?.id ?? []);
  const docs = await rows.find({ _id: { $in: ids } }, { projection: { epoch: 1 } }).toArray();
  return new Map(docs.map((/** @type {{ _id: string, epoch: number }} */ doc) => [doc._id, doc.epoch]));
};

/**
 * A collection of deliveries that notes `+` before the intent to send a row is written, and what became of it once the
 * database has said so: `-` it is known how it ended; `?` that nobody knows; `~` the row was somebody else's by then;
 * `!` it was when the intent was written, so nothing was sent.
 * @template {object} T
 * @param {T} collection
 * @param {(what: string, id: string, epoch: number) => void} note
 * @returns {T}
 */
export const journaled = (collection, note) => {
  /** @param {readonly Operation[]} operations @param {(id: string, epoch: number) => boolean} isOurs */
  const noteAll = (operations, isOurs) => {
    for (const operation of operations) {
      const change = changeIn(operation);
      if (change === undefined) continue;
      if (change.state === 'submitting') {
        if (!isOurs(change.id, change.epoch)) note('!', change.id, change.epoch);
        continue;
      }
      const doubt = change.again === true || change.state === 'unknown';
      note(!isOurs(change.id, change.epoch) ? '~' : doubt ? '?' : '-', change.id, change.epoch);
    }
  };
  return new Proxy(collection, {
    get: (target, name) => {
      const found = Reflect.get(target, name);
      if (typeof found !== 'function') return found;
      const call = found.bind(target);
      if (name !== 'bulkWrite') return call;
      return async (/** @type {readonly Operation[]} */ operations, /** @type {unknown} */ options) => {
        for (const operation of operations) {
          const change = changeIn(operation);
          if (change?.state === 'submitting') note('+', change.id, change.epoch);
        }
        const result = await call(operations, options);
        if (result.matchedCount === operations.length) noteAll(operations, () => true);
        else {
          const epochs = await epochsOf(target, operations);
          noteAll(operations, (id, epoch) => epochs.get(id) === epoch);
        }
        return result;
      };
    },
  });
};
