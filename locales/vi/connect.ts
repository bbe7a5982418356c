/** One person on several channels: codes, questions and news. */
export const connect = {
  'channel.telegram': 'Telegram',
  'channel.web': 'trang web',
  'channel.botframework': 'Bot Framework',
  'channel.terminal': 'dòng lệnh',
  'channel.other': 'kênh khác',
  'problem.talkCode': 'Mã kết nối có dạng KN-7K3M-9QXT. Mời gõ lại.',
  'connect.title': 'Dùng tiếp trên kênh khác',
  'connect.menu': 'Dùng tiếp trên kênh khác',
  'connect.code': 'Mã kết nối: {code}. Trong {minutes} phút, mời gõ mã này ở kênh kia của anh/chị.',
  'connect.link': 'Hoặc mở {channel}: {url}',
  'connect.secretStaff':
    'Không đưa mã cho ai: người dùng mã sẽ nhận cảnh báo và xem thông tin người khai như anh/chị.',
  'connect.secret': 'Không đưa mã cho người khác: ai dùng mã sẽ thấy tờ khai của anh/chị.',
  'connect.full': 'Đã nối đủ số kênh. Mời ngắt bớt một kênh: gõ "ngắt kết nối".',
  'join.title': 'Nhập mã kết nối',
  'join.code': 'Gõ mã kết nối đang hiện ở kênh kia. Ví dụ: KN-7K3M-9QXT',
  'join.code.label': 'Mã kết nối',
  'join.sure':
    'Nối cuộc trò chuyện này với {channel}? Hai nơi sẽ thấy chung tờ khai và bản nháp. Nếu người khác gửi mã cho anh/chị, hãy chọn Không.',
  'join.sure.label': 'Kết nối',
  'join.sure.yes': 'Có, kết nối',
  'join.sure.no': 'Không',
  'join.sureTheirs':
    'Đây là mã của một cán bộ y tế, đang dùng {channel}. Chỉ nối nếu đây là máy của chính cán bộ đó. Nếu người khác gửi mã, hãy chọn Không.',
  'join.sureTheirs.label': 'Kết nối',
  'join.sureStaff':
    'Nối cuộc trò chuyện cán bộ này với {channel}? Nơi kia sẽ thấy chung mọi việc và nhận cảnh báo như anh/chị. Nếu người khác gửi mã, hãy chọn Không.',
  'join.sureStaff.label': 'Kết nối',
  'join.not': 'Không kết nối. Mọi thứ giữ nguyên.',
  'join.done':
    'Đã nối với {channel}: hai nơi dùng chung tờ khai và bản nháp. Làm tiếp bản nháp, gõ "tiếp tục". Cần bỏ nối, gõ "ngắt kết nối".',
  'join.wrong': 'Mã không đúng hoặc đã hết hạn. Còn {left} lần thử trong giờ này.',
  'join.tooMany': 'Đã thử sai nhiều lần. Mời thử lại sau {minutes} phút.',
  'join.self': 'Đây là mã của chính cuộc trò chuyện này. Mời gõ ở kênh kia.',
  'join.same': 'Hai nơi này đã nối với nhau rồi.',
  'join.busy':
    'Cuộc trò chuyện này đã nối với kênh khác. Mời gõ "ngắt kết nối" trước, hoặc gõ "kết nối" để lấy mã ở đây rồi nhập ở kênh kia.',
  'join.full': 'Cuộc trò chuyện kia đã nối đủ số kênh. Mời ngắt bớt một kênh ở đó.',
  'join.staff': 'Hai cuộc trò chuyện này là của hai cán bộ khác nhau, không nối được.',
  'join.training': 'Đang diễn tập thì không nối được. Mời kết thúc diễn tập trước.',
  'join.gone': 'Cuộc trò chuyện kia không còn nữa. Mời lấy mã mới.',
  'disconnect.title': 'Ngắt kết nối kênh',
  'disconnect.which': 'Các kênh đang nối. Ngắt kênh nào?',
  'disconnect.which.label': 'Kênh',
  'disconnect.here': '{channel} (đang dùng)',
  'disconnect.nth': '{channel} {n}',
  'disconnect.alone': 'Chỉ còn kênh này, không có gì để ngắt.',
  'disconnect.gone': 'Kênh này đã được ngắt trước đó.',
  'disconnect.done': 'Đã ngắt {channel}. Tờ khai và bản nháp vẫn ở đây.',
  'disconnect.doneHere':
    'Đã ngắt kênh này. Cuộc trò chuyện ở đây bắt đầu lại; tờ khai khi nối vẫn còn ở kênh kia, tra được bằng mã.',
  'talk.news.joined':
    'Cuộc trò chuyện này vừa được nối với {channel}: hai nơi cùng thấy tờ khai và bản nháp. Nếu không phải anh/chị, gõ "ngắt kết nối".',
  'talk.news.joinedStaff':
    'Cuộc trò chuyện này vừa được nối với {channel}: nơi đó cũng nhận cảnh báo và xem như anh/chị. Nếu không phải anh/chị, bấm ngắt kết nối ngay và báo quản trị.',
  'talk.news.left': 'Cuộc trò chuyện này vừa được ngắt khỏi {channel}.',
  'talk.news.youLeft': 'Kênh này vừa được ngắt từ kênh khác của anh/chị. Cuộc trò chuyện ở đây bắt đầu lại.',
} as const;
