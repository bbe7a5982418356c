/** What is sent without being asked for, and how its reader stops it. */
export const reminders = {
  'unasked.movement': 'câu hỏi về nơi ở',
  'unasked.draft': 'lời nhắc tờ khai còn dở',
  'unasked.followUp': 'câu hỏi sức khỏe hằng ngày',
  'unasked.codeEnding': 'lời nhắc mã sắp hết hạn',
  'unasked.campaign': 'thông báo chung của tỉnh',
  'unasked.all': 'mọi lời nhắc và thông báo chung',
  'stopReminders.title': 'Dừng nhắc',
  'stopReminders.go': 'Đừng nhắc nữa',
  'stopReminders.done': 'Đã dừng {what}. Khi muốn nhận lại, mời gõ "nhắc lại".',
  'resumeReminders.title': 'Nhắc lại',
  'resumeReminders.go': 'Nhắc lại',
  'resumeReminders.done': 'Từ nay anh/chị lại nhận {what}. Khi muốn dừng, mời gõ "dừng".',
} as const;
