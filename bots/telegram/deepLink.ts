/** What may stand behind `?start=`: letters, digits, _ and -, at most 64. */
const PAYLOAD = /^\w{1,64}$/;

/** The chat itself. */
export const chatLink = (username: string | undefined): string | undefined =>
  username === undefined ? undefined : `https://t.me/${username}`;

/**
 * A link that opens the chat with this said. Codes go without their hyphens, which are for the eye; undefined for
 * what a link cannot carry, and while our own name is not known.
 */
export const deepLink = (username: string | undefined, said: string): string | undefined => {
  const payload = said.trim().replaceAll('-', '');
  const link = chatLink(username);
  return link !== undefined && PAYLOAD.test(payload) ? `${link}?start=${payload}` : undefined;
};
