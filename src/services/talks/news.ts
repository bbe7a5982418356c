import { deliveryRow } from '../../delivery/outboxRow.ts';
import { line } from '../../dialogue/say.ts';
import { goArgument } from '../../dialogue/words.ts';
import { channelName } from '../../domain/channel.ts';
import type { Member } from '../../store/conversation.ts';
import { type Effect, insert } from '../../store/effect.ts';
import type { TalkParts } from './parts.ts';

export interface TalkNews {
  /** What happened to which channel: `talk.news.joined`. */
  readonly what: 'joined' | 'joinedStaff' | 'left' | 'youLeft';
  readonly channel: string;
  /** Names this change: the same news is never written twice. */
  readonly about: string;
  /** ms since 1970. */
  readonly at: number;
}

/** Tells chats that did not speak that their talk has changed: whoever holds a chat may be somebody else. */
export const newsTo = (
  { sealer }: TalkParts,
  members: readonly Member[],
  { what, channel, about, at }: TalkNews,
): readonly Effect[] =>
  members.map(({ chat }) =>
    insert(
      'deliveries',
      deliveryRow(sealer, {
        purpose: 'talkNews',
        about,
        rev: 1,
        chat,
        at,
        notes: [line(`talk.news.${what}`, { channel: line(channelName(channel)) })],
        ...((what === 'joined' || what === 'joinedStaff') && {
          choices: [{ id: `/go:${goArgument('disconnect')}`, label: line('disconnect.title') }],
        }),
      }),
    ),
  );
