/** What steers a terminal, or turns the direction of what stands beside it. */
const STEERING = /(?![\n\t])\p{Cc}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Words of strangers for a terminal: they are read there, and do nothing else. */
export const printable = (text: string): string => text.replace(STEERING, '\uFFFD');
