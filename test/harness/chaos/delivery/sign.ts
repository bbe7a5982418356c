import { staff } from '../../../../locales/vi/staff.ts';
import { LEVELS, type Level } from '../../../../src/domain/declaration.ts';

/** Of rows that ticks made the whole id stands in the text (`marked.mjs`). */
const ROW = '@';
/** A row of a campaign by its recipient and day, however its id goes on; of others the id. */
export const tagOfRow = (id: string): string => {
  const [campaign = '', day = '', recipient] = id.split('|');
  return recipient === undefined ? id : [campaign, day.slice(0, 10), recipient].join('|');
};

/** By what a message is known again: its sign stands in its text. That of a campaign is the same for all its readers. */
const SIGN = /#([^#]+)#/;
export const signed = (sign: string): string => `#${sign}#`;
export const tagIn = (text: string, chat: string): string | undefined => {
  const sign = SIGN.exec(text)?.[1];
  if (sign?.startsWith(ROW)) return tagOfRow(sign.slice(ROW.length));
  return sign === undefined || sign.includes(':') ? sign : `${sign}:${chat}`;
};

/** What an alert's message says of the risk: by it the first word about an alert is told from the next, graver one. */
export const levelIn = (text: string): Level | undefined =>
  LEVELS.find((level) => text.includes(staff[`level.${level}`]));

export const alertTag = (alert: string, member: string | undefined, level: Level | undefined): string =>
  `${alert} ${member} ${level}`;
