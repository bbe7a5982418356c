import { staff } from '../../../../locales/vi/staff.ts';
import { LEVELS, type Level } from '../../../../src/domain/declaration.ts';

/** By what a message is known again: its sign stands in its text. That of a campaign is the same for all its readers. */
const SIGN = /#([^#]+)#/;
export const signed = (sign: string): string => `#${sign}#`;
export const tagIn = (text: string, chat: string): string | undefined => {
  const sign = SIGN.exec(text)?.[1];
  return sign === undefined || sign.includes(':') ? sign : `${sign}:${chat}`;
};

/** What an alert's message says of the risk: by it the first word about an alert is told from the next, graver one. */
export const levelIn = (text: string): Level | undefined =>
  LEVELS.find((level) => text.includes(staff[`level.${level}`]));

export const alertTag = (alert: string, member: string | undefined, level: Level | undefined): string =>
  `${alert} ${member} ${level}`;
