/** What only Telegram says: its share buttons, its commands menu, the page of the bot, groups. */
export const telegram = {
  'telegram.share.contact': '📱 Gửi số của tôi',
  'telegram.share.location': '📍 Gửi vị trí của tôi',
  'telegram.noted': 'Đã nhận.',
  'telegram.cancel': 'Dừng lại',
  'telegram.about': 'Khai báo y tế tỉnh Lai Châu: trả lời vài câu, nhận mã tra cứu và mã QR.',
  'telegram.description':
    'Kênh khai báo y tế của tỉnh Lai Châu. Anh/chị trả lời vài câu ngắn, sẽ nhận mã tra cứu và mã QR. Bấm Bắt đầu để khai.',
  'telegram.privateOnly': 'Kênh này chỉ trò chuyện riêng với từng người. Mời anh/chị nhắn tin riêng.',
} as const;
