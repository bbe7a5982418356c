import type { Round } from './measure.ts';
import type { Memory } from './memory.ts';
import { round, table } from './table.ts';

export interface Measurement {
  readonly name: string;
  readonly round: Round;
  /** Bytes of one stored conversation. */
  readonly bytes: number;
}

export interface Grown {
  readonly stored: readonly Measurement[];
  readonly length: readonly Measurement[];
  readonly processes: readonly Measurement[];
  readonly memory: readonly Memory[];
}

const growTable = (title: string, made: readonly Measurement[]): string =>
  table(
    [
      title,
      'updates/s',
      'p50 ms',
      'p99 ms',
      'bot CPU ms',
      'mongod CPU ms',
      'commands',
      'bytes a chat',
      'no reply',
    ],
    made.map(({ name, bytes, round: each }) => [
      name,
      round(each.rate),
      round(each.reply.p50, 1),
      round(each.reply.p99, 1),
      round(each.botCpu, 2),
      round(each.serverCpu, 2),
      round(each.commands, 2),
      round(bytes),
      each.unanswered,
    ]),
  );

const MB = 1_048_576;

/** Every table by the name of its place on the page. */
export const growTables = ({
  stored,
  length,
  processes,
  memory,
}: Grown): Readonly<Record<string, string>> => ({
  stored: growTable('stored conversations, 64 chats', stored),
  length: growTable('length of the flow, 64 chats', length),
  processes: growTable('processes', processes),
  memory: table(
    ['updates', 'rss MB', 'heap MB'],
    memory.map(({ updates, rss, heapUsed }) => [round(updates), round(rss / MB), round(heapUsed / MB)]),
  ),
});
