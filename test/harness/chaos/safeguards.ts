import type { Mutation } from './mutate.ts';

/** What keeps a dialogue whole, each with the change that takes it out. */
export const DIALOGUE: readonly Mutation[] = [
  {
    name: 'no revision guard',
    file: 'src/store/conversation-write.ts',
    from: 'filter: { _id: next.id, rev: next.rev - 1 }, update: change',
    to: 'filter: { _id: next.id }, update: change',
  },
  {
    name: 'no memory of what was seen',
    file: 'src/services/converse/draft.ts',
    from: 'return this.#chat.conversation.seen.includes(key) || this.#keys.includes(key);',
    to: 'return key === undefined;',
  },
  {
    name: 'no queue for each chat',
    file: 'src/services/converse/queues.ts',
    from: 'if (queue) queue.push(waiting);\n    else this.#start(waiting);',
    to: 'this.#start(waiting);\n    void queue;',
  },
  {
    name: 'the answer before the commit',
    file: 'src/services/converse/converse.ts',
    from: 'return await this.#enqueue(from, deliveryId);',
    to: 'void this.#enqueue(from, deliveryId).catch(() => undefined);\n      return { chat, rev: 0, again: false };',
  },
];
