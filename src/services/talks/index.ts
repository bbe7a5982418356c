import type { Service } from '../service.ts';
import { checkTalk, joinTalk } from './join.ts';
import { leaveTalk, talkMembers } from './leave.ts';
import { offerTalk } from './offer.ts';
import type { TalkParts } from './parts.ts';

/** The use cases of somebody with several chats, by the names the flows call them. */
export const talkServices = (parts: TalkParts): Readonly<Record<string, Service>> => ({
  offerTalk: offerTalk(parts),
  checkTalk: checkTalk(parts),
  joinTalk: joinTalk(parts),
  talkMembers: talkMembers(parts),
  leaveTalk: leaveTalk(parts),
});

export type { TalkParts } from './parts.ts';
