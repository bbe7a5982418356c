import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../services/converse/ports.ts';

/** Seconds: from a step in memory to a phone network on a bad day. */
const BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const GROUP_SIZES = [1, 2, 5, 10, 50, 100, 500, 1000];

export interface Figures {
  readonly registry: Registry;
  readonly converse: Metrics;
  onBatch(size: number, ms: number): void;
  alertSent(outcome: string, seconds: number): void;
  card(outcome: string, seconds: number): void;
  /** A chat that can be reached again stays marked as one that has stopped us. */
  unmarked(): void;
  /** An update that is of no use to us, by its kind. */
  ignored(channel: string, what: string): void;
}

/** Figures that are asked for when somebody reads them, not kept up to date. */
export interface Asked {
  alerts(): Promise<{
    readonly open: number;
    readonly claimed: number;
    readonly called: number;
    readonly waiting: number;
    readonly failed: number;
  }>;
  parked(): Promise<number>;
  /** Messages that are no replies and did not arrive for certain, by lane. */
  dead(): Promise<Readonly<Record<string, number>>>;
  databaseUp(): Promise<boolean>;
}

/** What can be seen from outside, in Prometheus's form. No label ever holds personal data. */
export const createFigures = (asked: Asked): Figures => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'khaibao_' });
  const seconds = (name: string, help: string, labelNames: string[] = []) =>
    new Histogram({ name: `khaibao_${name}_seconds`, help, labelNames, buckets: BUCKETS, registers });
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name: `khaibao_${name}_total`, help, labelNames, registers });
  const gauge = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name: `khaibao_${name}`,
      help,
      registers,
      async collect() {
        this.set(await read());
      },
    });
  const updates = counter('updates', 'Updates by channel and what became of them', ['channel', 'outcome']);
  const ignored = counter('ignored', 'Updates of kinds that are of no use to us', ['channel', 'what']);
  const parked = counter('parked', 'Messages put aside because they kept failing', ['channel']);
  const swept = counter('swept', 'What a crash or a failed send left behind, taken up again', ['what']);
  const unmarked = counter('unmarked', 'Chats that can be reached again and stay marked as stopped', []);
  const step = seconds('step', 'Stepping all events of one turn, services included');
  const commit = seconds('commit', 'From handing a commit in to its being durable');
  const send = seconds('send', 'One reply to its platform', ['channel', 'outcome']);
  const alert = seconds('alert_send', 'One alert message, from being decided to being sent', ['outcome']);
  const card = seconds('card', 'Reading one photo of a card', ['outcome']);
  const batch = new Histogram({
    name: 'khaibao_batch_size',
    help: 'Commits in one write',
    buckets: GROUP_SIZES,
    registers,
  });
  const write = seconds('write', 'One grouped write to the database');
  const alerts = (name: 'open' | 'claimed' | 'called' | 'waiting' | 'failed', help: string) =>
    gauge(`alerts_${name}`, help, async () => (await asked.alerts())[name]);
  alerts('open', 'Alerts nobody has claimed');
  alerts('claimed', 'Alerts somebody has and has not called about');
  alerts('called', 'Alerts somebody has called about and not closed');
  alerts('waiting', 'Alerts nobody could be asked about: no staff member was there');
  alerts('failed', 'Alert messages that reached no chat');
  gauge('parked_messages', 'Messages put aside that nobody has settled: `khaibao parked list`', asked.parked);
  new Gauge({
    name: 'khaibao_deliveries_dead',
    help: 'Messages that did not arrive for certain, by lane: `khaibao deliveries list --dead`',
    labelNames: ['lane'],
    registers,
    async collect() {
      for (const [lane, count] of Object.entries(await asked.dead())) this.set({ lane }, count);
    },
  });
  gauge('database_up', 'Whether the database answers', async () => Number(await asked.databaseUp()));
  return {
    registry,
    converse: {
      update: (channel, outcome) => updates.inc({ channel, outcome }),
      stepMs: (ms) => step.observe(ms / 1000),
      commitMs: (ms) => commit.observe(ms / 1000),
      parked: (channel) => parked.inc({ channel }),
      sendMs: (channel, outcome, ms) => send.observe({ channel, outcome }, ms / 1000),
      swept: (what) => swept.inc({ what }),
    },
    onBatch: (size, ms) => {
      batch.observe(size);
      write.observe(ms / 1000);
    },
    alertSent: (outcome, took) => alert.observe({ outcome }, took),
    card: (outcome, took) => card.observe({ outcome }, took),
    unmarked: () => unmarked.inc(),
    ignored: (channel, what) => ignored.inc({ channel, what }),
  };
};
