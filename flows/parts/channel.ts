import { type Line, line } from '../../src/dialogue/say.ts';
import { channelName } from '../../src/domain/channel.ts';

/** A channel as people call it. */
export const named = (channel: string): Line => line(channelName(channel));
