/** By what a message is known again: its sign stands in its text. That of a campaign is the same for all its readers. */
const SIGN = /#([^#]+)#/;
export const signed = (sign: string): string => `#${sign}#`;
export const tagIn = (text: string, chat: string): string | undefined => {
  const sign = SIGN.exec(text)?.[1];
  return sign === undefined || sign.includes(':') ? sign : `${sign}:${chat}`;
};
