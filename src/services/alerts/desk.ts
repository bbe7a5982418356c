import { DeliveryOutbox, type OutboxParts } from '../../delivery/outbox.ts';
import { ChangeWatch } from '../../store/change-watch.ts';
import type { Database } from '../../store/connect.ts';
import { settleCampaigns } from '../campaigns/run.ts';
import { campaignRows, type WantedIn } from '../campaigns/wanted.ts';
import type { DeclarationParts } from '../declarations/index.ts';
import { oneAtATime } from '../oneAtATime.ts';
import { nextHolder } from '../reminders/holders.ts';
import type { Service } from '../service.ts';
import { staffServices } from '../staff/index.ts';
import type { StaffParts } from '../staff/parts.ts';
import { writeEffects } from '../staff/write.ts';
import { climbAlerts } from './climb.ts';
import { alertFigures } from './inbox.ts';
import { nextChat, onLost, stillWanted } from './lost.ts';
import { planAlert } from './plan.ts';
import { planWithdrawn } from './withdrawn.ts';

export interface AlertDeskParts
  extends Omit<StaffParts, 'collections'>,
    Pick<OutboxParts, 'send' | 'observe' | 'onError' | 'lease' | 'deadline' | 'budget'> {
  readonly database: Pick<Database, 'connection' | 'collections'>;
  /** Whether the reader of a chat still wants such messages; everybody does when it is not given. */
  readonly wanted?: WantedIn;
  readonly now?: () => number;
  /** ms between two looks without being told of anything. */
  readonly sweepEvery?: number;
}

/** How the duty staff hear of a risk: what is written with a declaration, and the sending of it. */
export interface AlertDesk extends Pick<DeclarationParts, 'alert' | 'withdrawn'> {
  /** Services of the flows for staff and for feedback. */
  readonly services: Readonly<Record<string, Service>>;
  figures(): ReturnType<typeof alertFigures>;
  start(): void;
  /** Something was committed in this process: look at once, do not wait for the change stream. */
  nudge(): void;
  stop(): Promise<void>;
}

const SWEEP_EVERY = 2_000;

export const createAlertDesk = (given: AlertDeskParts): AlertDesk => {
  const { database, send, now = Date.now, sweepEvery = SWEEP_EVERY, onError = () => undefined } = given;
  const { wanted = async () => true } = given;
  const parts: StaffParts = { ...given, collections: database.collections };
  const { alerts, campaigns, deliveries, installation, shifts, staff } = database.collections;
  const ofCampaigns = campaignRows(parts, wanted);
  const outbox = new DeliveryOutbox({
    ...given,
    collection: deliveries,
    installation,
    send,
    sayOf: ofCampaigns.sayOf,
    stillWanted: async (row, at = now()) => {
      const due = await stillWanted(parts)(row);
      if (due !== true) return due;
      return row.purpose === 'campaign' ? ofCampaigns.stillWanted(row, at) : wanted(row);
    },
    nextChat: (row) => (row.staff === undefined ? nextHolder(parts) : nextChat(parts))(row),
    onLost: onLost(parts),
  });
  const write = writeEffects(database);
  const waiting = oneAtATime(async () => {
    if ((await climbAlerts(parts, write, 'waiting', now())) > 0) outbox.nudge();
  }, onError);
  // Somebody paused a campaign, lets it go on, or stopped it: its rows follow, in every process at once.
  const decided = oneAtATime(async () => {
    await settleCampaigns(parts, now());
    outbox.nudge();
  }, onError);
  const campaignWatch = new ChangeWatch(campaigns, ['update'], decided.call);
  // Somebody linked a chat or went on duty; or an alert lost the last of those it was sent to.
  const watches = [staff, shifts, alerts].map(
    (collection) => new ChangeWatch(collection, ['insert', 'update'], waiting.call),
  );
  let sweep: NodeJS.Timeout | undefined;
  return {
    services: staffServices(parts),
    alert: planAlert(parts),
    withdrawn: planWithdrawn(parts),
    figures: () => alertFigures(parts),
    start: () => {
      outbox.start();
      for (const watch of [...watches, campaignWatch]) watch.start();
      sweep = setInterval(waiting.call, sweepEvery);
      waiting.call();
    },
    nudge: () => {
      outbox.nudge();
      waiting.call();
    },
    stop: async () => {
      clearInterval(sweep);
      await Promise.all([...watches, campaignWatch].map((watch) => watch.stop()));
      await Promise.all([waiting.idle(), decided.idle()]);
      await outbox.stop();
    },
  };
};
