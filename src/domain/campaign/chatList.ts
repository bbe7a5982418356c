/**
 * What a list of phone numbers sent in a chat may be, in bytes, in bytes unpacked, and in rows of all lists of a campaign.
 * It is read beside everybody's conversations, and within the time that work has: a list of the whole province comes in by
 * a command. The sentence `list.tooLargeHere` names these numbers.
 */
export const CHAT_LIST = { bytes: 4 * 1024 * 1024, unpacked: 64 * 1024 * 1024, rows: 50_000 } as const;

export const TOO_LARGE_HERE = { key: 'list.tooLargeHere' } as const;
