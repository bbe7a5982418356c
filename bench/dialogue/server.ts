import mongoose from 'mongoose';

/** What the database has done since it was started. */
export interface Work {
  /** Commands that read or write: round trips. */
  readonly commands: number;
  /** Documents asked for, inserted, updated, deleted. */
  readonly operations: number;
  /** Processor time, ms. */
  readonly cpu: number;
}

export interface Server {
  readonly version: string;
  work(): Promise<Work>;
  drop(names: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const COMMANDS = [
  'find',
  'insert',
  'update',
  'delete',
  'findAndModify',
  'aggregate',
  'getMore',
  'bulkWrite',
  'commitTransaction',
  'abortTransaction',
];
const OPERATIONS = ['insert', 'query', 'update', 'delete'];

const sum = (names: readonly string[], of: (name: string) => unknown): number =>
  names.reduce((total, name) => total + Number(of(name) ?? 0), 0);

/** The bench's own connection to the database server. */
export const openServer = async (uri: string): Promise<Server> => {
  const client = new mongoose.mongo.MongoClient(uri);
  await client.connect();
  const admin = client.db('admin');
  const { version } = await admin.command({ buildInfo: 1 });
  return {
    version: String(version),
    work: async () => {
      const { metrics, opcounters, extra_info: own } = await admin.command({ serverStatus: 1 });
      return {
        commands: sum(COMMANDS, (name) => metrics.commands[name]?.total),
        operations: sum(OPERATIONS, (name) => opcounters[name]),
        cpu: (Number(own.user_time_us) + Number(own.system_time_us)) / 1_000,
      };
    },
    drop: async (names) => {
      for (const name of names) await client.db(name).dropDatabase();
    },
    close: () => client.close(),
  };
};
