import type { Courier } from './courier.ts';
import type { Files } from './files.ts';
import type { Poll } from './poll.ts';
import type { Profile } from './profile.ts';
import type { Queries } from './queries.ts';
import type { Rooms } from './rooms.ts';
import type { Updates } from './updates.ts';
import type { User } from './wire.ts';

/** All that one fake server knows. */
export interface World {
  readonly bot: User;
  readonly rooms: Rooms;
  readonly updates: Updates;
  readonly files: Files;
  readonly queries: Queries;
  readonly profile: Profile;
  readonly poll: Poll;
  readonly courier: Courier;
  /** ms that stand for a second of Telegram's */
  readonly second: number;
}
