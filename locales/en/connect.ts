/** One person on several channels: codes, questions and news. */
export const connect = {
  'channel.telegram': 'Telegram',
  'channel.web': 'the web page',
  'channel.botframework': 'Teams or Web Chat',
  'channel.terminal': 'the terminal',
  'channel.sms': 'SMS',
  'channel.other': 'another channel',
  'problem.talkCode': 'A code looks like KN-7K3M-9QXT. Please type it again.',
  'connect.title': 'Go on in another channel',
  'connect.menu': 'Go on in another channel',
  'connect.code': 'Your code: {code}. Within {minutes} minutes, type it in your other channel.',
  'connect.link': 'Or open {channel}: {url}',
  'connect.secretStaff':
    'Give the code to nobody: whoever uses it gets alerts and sees those who declare, as you do.',
  'connect.secret': 'Give the code to nobody else: whoever uses it sees your declarations.',
  'connect.full': 'No more channels can be connected. Disconnect one first: type "disconnect".',
  'join.title': 'Enter a code',
  'join.code': 'Type the code that your other channel shows. For example: KN-7K3M-9QXT',
  'join.code.label': 'Code',
  'join.sure':
    'Connect this chat with {channel}? Both will see the same declarations and drafts. If somebody else sent you the code, choose No.',
  'join.sure.label': 'Connect',
  'join.sure.yes': 'Yes, connect',
  'join.sure.no': 'No',
  'join.sureTheirs':
    'This is the code of a health worker who uses {channel}. Connect only if this is that very person’s device. If somebody sent you the code, choose No.',
  'join.sureTheirs.label': 'Connect',
  'join.sureStaff':
    'Connect this staff chat with {channel}? The other one will see everything here and get alerts as you do. If somebody else sent you the code, choose No.',
  'join.sureStaff.label': 'Connect',
  'join.not': 'Not connected. Everything stays as it is.',
  'join.done':
    'Connected with {channel}: both share declarations and drafts. To go on with a draft, type "continue". To undo this, type "disconnect".',
  'join.wrong': 'This code is wrong, was used, or has ended. {left} tries left within this hour.',
  'join.tooMany': 'Too many wrong tries. Please try again in {minutes} minutes.',
  'join.self': 'This is the code of this very chat. Please type it in the other channel.',
  'join.same': 'These two are connected already.',
  'join.busy':
    'This chat is connected with another channel. Type "disconnect" first, or type "connect" to get a code here and enter it in the other channel.',
  'join.full': 'The other chat has no room for one more channel. Please disconnect one there.',
  'join.staff': 'These chats belong to two different staff members and cannot be connected.',
  'join.training': 'Chats cannot be connected during an exercise. Please end it first.',
  'join.gone': 'The other chat is no longer there. Please get a new code.',
  'disconnect.title': 'Disconnect a channel',
  'disconnect.which': 'The connected channels. Which one is to be disconnected?',
  'disconnect.which.label': 'Channel',
  'disconnect.sure': 'Disconnect {channel}? It will see the declarations and drafts no more.',
  'disconnect.sure.label': 'Disconnect',
  'disconnect.sureHere':
    'Disconnect the channel in use? Declarations and drafts will not be seen here any more.',
  'disconnect.sureHere.label': 'Disconnect',
  'disconnect.sure.yes': 'Yes, disconnect',
  'disconnect.sure.no': 'No',
  'disconnect.kept': 'Nothing was disconnected.',
  'disconnect.here': '{channel} (this one)',
  'disconnect.nth': '{channel} {n}',
  'disconnect.alone': 'Only this channel is left, there is nothing to disconnect.',
  'disconnect.gone': 'This channel was disconnected before.',
  'disconnect.done': 'Disconnected: {channel}. Declarations and drafts are still here.',
  'disconnect.doneHere':
    'This channel is disconnected and begins anew; the declarations stay in the other one and are found by their codes.',
  'talk.news.joined':
    'This chat was just connected with {channel}: both see the same declarations and drafts. If that was not you, type "disconnect".',
  'talk.news.joinedStaff':
    'This chat was just connected with {channel}: it gets the alerts too and sees everything. If that was not you, disconnect at once and tell the administrator.',
  'talk.news.left': 'This chat was just disconnected from {channel}.',
  'talk.news.youLeft':
    'This channel was just disconnected from another channel of yours. This chat begins anew.',
} as const;
