/**
 * Why somebody was not reached, in a few words for people; what stands with a recipient is a code of the outbox or of a
 * platform. noChannel: none of the campaign's channels is theirs; blocked: they have blocked the bot, or their chat is no
 * more; late: their turn did not come within the hours; channel: it was out of order, or gave no clear answer; stopped: the
 * campaign was; held: sent perhaps, before a backup was restored; notPlanned: no day of it ever came to them. Other reasons
 * stand in the table of counts.
 */
export const WHY_NOT = [
  'noChannel',
  'blocked',
  'late',
  'channel',
  'stopped',
  'held',
  'notPlanned',
  'other',
] as const;
export type WhyNot = (typeof WHY_NOT)[number];

const CODES: readonly (readonly [WhyNot, RegExp])[] = [
  ['noChannel', /^no-(?:channel|such-chat)$/],
  ['blocked', /^(?:blocked|telegram\.403|connector-40[34])$/],
  // Whoever the limits of a channel made wait until the hours were over.
  ['late', /^(?:late|account-paused|(?:telegram\.|connector-)429)$/],
  ['stopped', /^campaign-stopped$/],
  ['held', /^held$/],
  ['notPlanned', /^not-planned$/],
  // A token that is refused (Telegram's 401 and 404) is out of order as well.
  ['channel', /^(?:unknown|deadline|unexpected|database|channel-off|login-.*|telegram\.40[14])$/],
  ['channel', /^(?:telegram\.|connector-)(?:5\d\d|no-answer|away|slow)$/],
];

/** @param reason as it stands with the recipient (`RecipientEnd`) */
export const whyNot = (reason: string): WhyNot => CODES.find(([, code]) => code.test(reason))?.[0] ?? 'other';
