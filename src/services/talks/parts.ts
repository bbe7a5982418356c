import type { Random } from '../../domain/base32.ts';
import type { BlindIndex } from '../../security/blind-index.ts';
import type { Sealer } from '../../security/sealer.ts';
import type { Collections } from '../../store/collections.ts';
import type { Conversation } from '../../store/conversation.ts';

/** A way to begin a chat with something said. */
export interface Link {
  readonly channel: string;
  readonly url: string;
}

/** What the services about connected chats stand on. */
export interface TalkParts {
  readonly collections: Collections;
  readonly sealer: Pick<Sealer, 'seal'>;
  readonly index: BlindIndex;
  readonly conversations: { load(id: string): Promise<Conversation | null> };
  /** Links that open a chat with this said, one for each channel that can give one. */
  readonly links: (said: string) => readonly Link[];
  readonly random: Random;
}

/** Chats of one person: two telephones, a computer, and some to spare. Each one reads all that is declared. */
export const MOST_MEMBERS = 5;
