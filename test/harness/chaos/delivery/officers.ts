import type { Store } from '../../../../src/app/store.ts';
import type { CampaignAct } from '../../../../src/domain/campaign/states.ts';
import { actOnCampaign } from '../../../../src/services/campaigns/act.ts';
import { sealStaff } from '../../../../src/services/staff/record.ts';
import { writeEffects } from '../../../../src/services/staff/write.ts';
import { HOME, readerAt, staffParts, storeChats } from './people.ts';

const FIRST_OFFICER = 900_000_000;

/** Whoever writes campaigns, and whoever approves them: they are told how these go. */
export const OFFICERS = ['author', 'approver'] as const;
export type Officer = (typeof OFFICERS)[number];
export const isOfficer = (address: string): boolean => Number(address) >= FIRST_OFFICER;

export const actorOf = (id: Officer) => ({ id, role: 'leader', area: HOME, name: 'Lò Thị Hoa' }) as const;

export const storeOfficers = async (store: Store, bot: string): Promise<void> => {
  const chats = OFFICERS.map((_, n) => readerAt(store, bot, FIRST_OFFICER + n));
  await storeChats(store, chats);
  await store.database.collections.staff.insertMany(
    OFFICERS.map((id, n) => ({
      _id: id,
      role: 'leader',
      area: HOME,
      chats: [chats[n]?.chat ?? ''],
      active: true,
      sealed: sealStaff(staffParts(store), id, { name: 'Lò Thị Hoa' }),
    })),
  );
};

/** Does something to a campaign as a chat would; false when it could not be done now, or somebody was quicker. */
export const act = async (
  store: Store,
  campaign: string,
  what: CampaignAct,
  who: Officer,
  now: number,
): Promise<boolean> => {
  const done = await actOnCampaign(staffParts(store), campaign, what, actorOf(who), now);
  return done.is === 'done' && writeEffects(store.database)(done.effects);
};
