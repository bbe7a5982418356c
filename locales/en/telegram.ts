/** What only Telegram says: its share buttons, its commands menu, the page of the bot, groups. */
export const telegram = {
  'telegram.share.contact': '📱 Share my number',
  'telegram.share.location': '📍 Share my location',
  'telegram.noted': 'Received.',
  'telegram.cancel': 'Stop',
  'telegram.about':
    'Health declaration of Lai Châu province: a few questions, then a lookup code and a QR code.',
  'telegram.description':
    'Health declaration of Lai Châu province. Answer a few short questions and get a lookup code and a QR code. Press Start to begin.',
  'telegram.privateOnly': 'This channel talks to each person in private only. Please write to it directly.',
} as const;
