import { randomId } from '../../security/random.ts';
import { update } from '../../store/effect.ts';
import type { Service } from '../service.ts';
import { brought } from './data.ts';
import { newsTo } from './news.ts';
import type { TalkParts } from './parts.ts';

/** The chats of this talk, by their channels. */
export const talkMembers =
  ({ conversations }: TalkParts): Service =>
  async (_args, { chat, own }) => {
    const members = (await conversations.load(chat))?.members ?? [];
    const listed = members.map((member) => ({
      chat: member.chat,
      channel: member.channel,
      here: member.chat === own,
    }));
    return { value: { is: 'members', members: listed } };
  };

/** Takes a chat out of this talk: it begins anew; the talk, with all that was declared in any, stays with the others. */
export const leaveTalk =
  (parts: TalkParts): Service =>
  async (args, { chat, own, now }) => {
    const leave = (args as { chat: string }).chat;
    const members = (await parts.conversations.load(chat))?.members ?? [];
    const leaving = members.find((member) => member.chat === leave);
    const staying = members.filter((member) => member.chat !== leave);
    if (leaving === undefined || staying.length === 0) return { value: { is: 'gone' } };
    const news = { channel: leaving.channel, about: randomId(), at: now };
    const others = staying.filter((member) => member.chat !== own);
    return {
      value: { is: 'left', channel: leaving.channel, here: leave === own },
      ...(staying.length === 1 && { remember: { talk: null } }),
      talk: { leave, alias: await parts.conversations.load(leave) },
      effects: [
        ...newsTo(parts, others, { ...news, what: 'left' }),
        // What it brought has been the talk's since it joined; one that joined in an older release holds it still.
        ...(await brought(parts, [leave], chat)),
        // A page shows what it was sent for as long as it is kept: a lost one must show nothing of this talk any more.
        update('mailboxes', { _id: leave }, { $set: { messages: [] } }),
        ...newsTo(parts, leave === own ? [] : [leaving], { ...news, what: 'youLeft' }),
      ],
    };
  };
