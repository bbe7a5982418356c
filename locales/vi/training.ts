/** Exercises. */
export const training = {
  'training.title': 'Diễn tập',
  'training.menu': 'Diễn tập',
  'training.mark': '[DIỄN TẬP]',
  'training.begin':
    'Bắt đầu diễn tập trong cuộc trò chuyện này? Mọi điều nói ở đây sẽ là diễn tập, chỉ báo cho người đang diễn tập. Việc thật đang dở được giữ lại.',
  'training.end': 'Kết thúc diễn tập? Bản nháp diễn tập sẽ bị xóa, việc thật trở lại như cũ.',
  'training.sure': '{question}',
  'training.sure.label': 'Diễn tập',
  'training.sure.yes': 'Có',
  'training.sure.no': 'Không',
  'training.asBefore': 'Giữ nguyên như trước.',
  'training.begun': 'Đã vào diễn tập. Anh/chị khai báo thử, nhận thử cảnh báo. Gõ "diễn tập" để kết thúc.',
  'training.ended': 'Đã kết thúc diễn tập.',
  'training.left': 'Từ đây là việc thật, không phải diễn tập.',
  'training.real': 'VIỆC THẬT, không phải diễn tập.',
  'training.everybody': 'Cả hệ thống đang diễn tập; chỉ người quản trị đổi được.',
} as const;
