import { arrive, standing, written } from './acts.ts';
import type { Room } from './rooms.ts';
import type { FakeGroup } from './types.ts';
import type { Content, User } from './wire.ts';
import type { World } from './world.ts';

/** A group, supergroup or channel, whose member `by` says and does everything. */
export const createGroup = (world: World, first: Room, by: User, newId: () => number): FakeGroup => {
  let room = first;
  const isChannel = room.chat.type === 'channel';

  const say = (content: Content): number => {
    if (room.closed !== undefined) return 0;
    const { update } = isChannel
      ? arrive(world, room, undefined, content, 'channel_post')
      : arrive(world, room, by, content);
    return update;
  };

  const addBot = (): number => {
    const before = room.closed ?? 'left';
    room.closed = undefined;
    const update = standing(world, room, by, before, isChannel ? 'administrator' : 'member');
    if (!isChannel) say({ new_chat_members: [world.bot], new_chat_member: world.bot });
    return update;
  };

  const removeBot = (): number => {
    room.closed = 'kicked';
    return standing(world, room, by, isChannel ? 'administrator' : 'member', 'kicked');
  };

  const migrate = (): number => {
    if (room.chat.type !== 'group') throw new Error(`a ${room.chat.type} does not migrate`);
    const old = room;
    room = world.rooms.open({ ...old.chat, id: newId(), type: 'supergroup' }, old.closed);
    arrive(world, old, by, { migrate_to_chat_id: room.chat.id });
    old.movedTo = room.chat.id;
    arrive(world, room, by, { migrate_from_chat_id: old.chat.id });
    return room.chat.id;
  };

  return {
    get id() {
      return room.chat.id;
    },
    say: (text) => say(written(text)),
    addBot,
    removeBot,
    migrate,
    hasBot: () => room.closed === undefined,
    screen: () => room.screen.screen(),
    next: (ms) => room.screen.next(ms),
  };
};
