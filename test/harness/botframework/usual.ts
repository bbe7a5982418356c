import type { Account, Activity } from './activity.ts';
import type { Talk } from './talk.ts';

/** Ids as the channels make them. */
export const accounts = (
  channelId: string,
  name: string,
  appId: string,
): { user: Account; bot: Account; id: string } => {
  if (channelId === 'msteams')
    return {
      user: { id: `29:1${name}`, name: 'Người dùng', aadObjectId: name },
      bot: { id: `28:${appId}`, name: 'khaibao' },
      id: `a:1${name}`,
    };
  return {
    user: { id: `dl_${name}`, name: '' },
    bot: { id: 'khaibao', name: 'khaibao' },
    id: `talk-${name}`,
  };
};

/** What every activity of a conversation says of itself. */
export const usual = (talk: Talk, locale: string, serviceUrl: string): Omit<Activity, 'type'> => ({
  serviceUrl,
  channelId: talk.channelId,
  from: talk.user,
  recipient: talk.bot,
  conversation:
    talk.channelId === 'msteams'
      ? { id: talk.id, conversationType: 'personal', tenantId: talk.tenantId }
      : { id: talk.id },
  locale,
  ...(talk.channelId === 'msteams' ? { channelData: { tenant: { id: talk.tenantId } } } : {}),
});
