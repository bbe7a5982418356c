/** Channels that have a name people know them by; one that has none is spoken of as another channel. */
const NAMED: ReadonlySet<string> = new Set(['telegram', 'web', 'botframework', 'terminal', 'sms']);

/** The catalogue's key for a channel's name. */
export const channelName = (channel: string): string => `channel.${NAMED.has(channel) ? channel : 'other'}`;
