import type { Wanted } from '../../delivery/outboxParts.ts';
import { line, type Say } from '../../dialogue/say.ts';
import { goArgument } from '../../dialogue/words.ts';
import { UNWANTED } from '../../domain/campaign/outcome.ts';
import { smsText } from '../../domain/campaign/smsText.ts';
import type { AudienceDoc } from '../../store/audience.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';
import { openKnown } from './known.ts';
import { type CampaignParts, campaignOf } from './parts.ts';
import type { Campaign } from './record.ts';

/** A row claimed in a pause is put back for so long (ms); the others are put off for good meanwhile. */
const PUT_BACK = 10_000;

/** Whether the reader of a conversation wants such messages. */
export type WantedIn = (
  row: Pick<DeliveryDoc, 'purpose' | 'about' | 'chat' | 'tried' | 'to'>,
) => Promise<boolean>;

const NOBODY = { channel: '', address: Buffer.alloc(0) };

/** Whoever has stopped such messages in one of their chats gets them in none. A chat that is gone stops nothing. */
const optedOut = async (row: DeliveryDoc, { ways }: AudienceDoc, wantedIn: WantedIn): Promise<boolean> => {
  if (!(await wantedIn(row))) return true;
  for (const chat of Object.keys(ways)) {
    if (chat === row.chat) continue;
    if (!(await wantedIn({ purpose: row.purpose, chat, to: NOBODY }))) return true;
  }
  return false;
};

/** Whether the campaign itself is being sent now. */
const going = (campaign: Campaign | null, now: number): Wanted => {
  switch (campaign?.doc.state) {
    case 'running':
    case 'approved':
      return true;
    case 'paused':
      return { until: now + PUT_BACK };
    default:
      return { no: UNWANTED.stopped };
  }
};

const sayOf = ({ plan }: Campaign, channel: string | undefined): Say => {
  if (channel === 'sms') return { notes: [line('campaign.text', { text: smsText(plan).text })], turn: 0 };
  const button = (flow: string, params: Readonly<Record<string, string>>, label: string) => ({
    id: `/go:${goArgument(flow, params)}`,
    label: line(label),
  });
  return {
    notes: [line('campaign.text', { text: plan.text })],
    choices: [
      button('declare', { whom: 'me' }, 'campaign.declare'),
      button('stopReminders', { what: 'campaign' }, 'campaign.stop'),
    ],
    turn: 0,
  };
};

/** What the outbox asks about the rows of campaigns: whether one is still to be sent, and what it says. */
export const campaignRows = (parts: CampaignParts, wantedIn: WantedIn) => {
  const { campaign, recipient } = openKnown(parts);
  const ofRow = ({ about = '' }: DeliveryDoc) => campaign(campaignOf(about));
  return {
    stillWanted: async (row: DeliveryDoc, now: number): Promise<Wanted> => {
      const state = going(await ofRow(row), now);
      if (state !== true) return state;
      const known = await recipient(row);
      if (known === undefined) return { no: UNWANTED.stopped };
      if (known.declared) return { no: UNWANTED.declared };
      return (await optedOut(row, known.doc, wantedIn)) ? { no: UNWANTED.optedOut } : true;
    },
    sayOf: async (row: DeliveryDoc): Promise<Say> => {
      const found = await ofRow(row);
      if (found === null) throw new Error('the campaign of this row is gone');
      return sayOf(found, row.to?.channel);
    },
  };
};
