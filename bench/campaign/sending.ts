import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createBudget } from '../../src/delivery/budgets.ts';
import { within } from '../../src/delivery/limits.ts';
import { DeliveryOutbox } from '../../src/delivery/outbox.ts';
import type { OutboxMessage } from '../../src/delivery/outboxParts.ts';
import { deliveryRow } from '../../src/delivery/outboxRow.ts';
import { SendError } from '../../src/delivery/outgoing.ts';
import { line } from '../../src/dialogue/say.ts';
import type { Sealer } from '../../src/security/sealer.ts';
import type { CampaignParts } from '../../src/services/campaigns/parts.ts';
import { campaignRows } from '../../src/services/campaigns/wanted.ts';
import { spread } from '../dialogue/figures.ts';
import { FIRST } from './plan.ts';

export interface Sending {
  readonly recipients: number;
  /** Messages the fake channel takes in any second; one more is refused. */
  readonly limit: number;
  readonly seconds: number;
}

/** What is not counted, and the least that is worth counting (s). */
const BEGINNING = 2;
const SHORTEST = 5;

/** Takes so many in any second, and refuses the next; notes when each came, and when which alert did (ms). */
const fakeChannel = (limit: number) => {
  const came: number[] = [];
  const alerts = new Map<string, number>();
  let refused = 0;
  let oldest = 0;
  const send = async (_chat: string, { id, urgent }: OutboxMessage): Promise<undefined> => {
    const now = performance.now();
    while ((came[oldest] ?? now) <= now - 1_000) oldest += 1;
    if (came.length - oldest >= limit) {
      refused += 1;
      throw new SendError('throttled', '429', 1);
    }
    came.push(now);
    if (urgent) alerts.set(id, now);
    await delay(20); // a short way
    return undefined;
  };
  return { send, came, alerts, refused: () => refused };
};

/** How often an alert is raised while a campaign is sent (ms). */
const ALERT_EVERY = 400;

/** Raises alerts one after the other until it is over; gives when each was committed (ms), by its row. */
const raise = async (
  { collections }: CampaignParts,
  sealer: Sealer,
  now: () => number,
  isOver: () => boolean,
): Promise<ReadonlyMap<string, number>> => {
  const raised = new Map<string, number>();
  while (!isOver()) {
    const about = randomUUID();
    const alert = { about, rev: 1, chat: about, at: now(), notes: [line('alert.title')] };
    const row = deliveryRow(sealer, { purpose: 'alert', ...alert });
    await collections.deliveries.insertOne(row);
    raised.set(row._id, performance.now());
    await delay(ALERT_EVERY * (0.5 + Math.random()));
  }
  return raised;
};

/** Sends the rows of the first day. */
export const sending = async (
  parts: CampaignParts,
  sealer: Sealer,
  { recipients, limit, seconds: wanted }: Sending,
): Promise<void> => {
  // What the product makes of such a channel: no second sees more than it takes.
  const limits = { sms: { account: within(limit) } };
  const { send, came, alerts, refused } = fakeChannel(limit);
  const began = Date.now();
  const seconds = Math.min(wanted, recipients / limit - BEGINNING - 1);
  if (seconds < SHORTEST) {
    const enough = limit * (SHORTEST + BEGINNING + 1);
    throw new Error(
      `sending ${limit} a second is over too soon to be measured: --recipients ${enough}, at least`,
    );
  }
  const noon = Date.parse(`${FIRST}T12:00:00+07:00`);
  const now = (): number => noon + Date.now() - began;
  const outboxes = [1, 2].map(() => {
    const rows = campaignRows(parts, async () => true);
    const { budgets, deliveries } = parts.collections;
    return new DeliveryOutbox({
      collection: deliveries,
      sealer,
      send,
      now,
      sayOf: rows.sayOf,
      stillWanted: async (row) => row.lane === 'alert' || rows.stillWanted(row, now()),
      budget: createBudget({ collection: budgets, limits, channelOf: async () => 'sms' }),
      onError: (error) => console.error(error),
    });
  });
  for (const outbox of outboxes) outbox.start();
  await delay(BEGINNING * 1_000);
  const [from, since] = [came.length, performance.now()];
  let over = false;
  const raising = raise(parts, sealer, now, () => over);
  await delay(seconds * 1_000);
  over = true;
  const rate = ((came.length - from) * 1_000) / (performance.now() - since);
  const raised = await raising;
  await delay(1_000);
  await Promise.all(outboxes.map((outbox) => outbox.stop()));
  const waits = [...raised].map(([id, at]) => (alerts.get(id) ?? Number.POSITIVE_INFINITY) - at);
  const { p50, p99, max } = spread(waits);
  console.log(
    `${waits.length} alerts raised meanwhile over the same channel: half left within ${p50.toFixed(0)} ms of their commit, ` +
      `p99 ${p99.toFixed(0)}, the last ${max.toFixed(0)}`,
  );
  console.log(
    `sending for ${seconds.toFixed(0)} s, two outboxes, ${limit} a second allowed: ${rate.toFixed(1)} a second, ` +
      `${((rate * 100) / limit).toFixed(1)} % of it; refused with 429: ${refused()}`,
  );
};
