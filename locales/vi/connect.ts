/** One person on several channels: codes, questions and news. */
export const connect = {
  'channel.telegram': 'Telegram',
  'channel.web': 'trang web',
  'channel.botframework': 'Teams hoặc Web Chat',
  'channel.terminal': 'dòng lệnh',
  'channel.sms': 'tin nhắn SMS',
  'channel.other': 'ứng dụng khác',
  'problem.talkCode': 'Mã kết nối có dạng KN-7K3M-9QXT. Mời gõ lại.',
  'connect.title': 'Dùng tiếp trên máy hoặc ứng dụng khác',
  'connect.menu': 'Dùng tiếp trên máy hoặc ứng dụng khác',
  'connect.code': 'Mã kết nối: {code}. Trong {minutes} phút, mời gõ mã này ở máy hoặc ứng dụng kia.',
  'connect.link': 'Hoặc mở {channel}: {url}',
  'connect.secretStaff':
    'Không đưa mã cho ai: người dùng mã sẽ nhận cảnh báo và xem thông tin người khai như anh/chị.',
  'connect.secret': 'Không đưa mã cho người khác: ai dùng mã sẽ thấy tờ khai của anh/chị.',
  'connect.full': 'Đã kết nối đủ số nơi. Mời ngắt bớt một nơi: gõ "ngắt kết nối".',
  'join.title': 'Nhập mã kết nối',
  'join.code': 'Gõ mã kết nối đang hiện ở máy hoặc ứng dụng kia. Ví dụ: KN-7K3M-9QXT',
  'join.code.label': 'Mã kết nối',
  'join.sure':
    'Kết nối cuộc trò chuyện này với {channel}? Hai nơi sẽ thấy chung tờ khai và bản nháp. Nếu người khác gửi mã cho anh/chị, hãy chọn Không.',
  'join.sure.label': 'Kết nối',
  'join.sure.yes': 'Có, kết nối',
  'join.sure.no': 'Không',
  'join.sureTheirs':
    'Đây là mã của một cán bộ y tế, đang dùng {channel}. Chỉ kết nối nếu đây là máy của chính cán bộ đó. Nếu người khác gửi mã, hãy chọn Không.',
  'join.sureTheirs.label': 'Kết nối',
  'join.sureStaff':
    'Kết nối cuộc trò chuyện cán bộ này với {channel}? Nơi kia sẽ thấy chung mọi việc và nhận cảnh báo như anh/chị. Nếu người khác gửi mã, hãy chọn Không.',
  'join.sureStaff.label': 'Kết nối',
  'join.not': 'Không kết nối. Mọi thứ giữ nguyên.',
  'join.done':
    'Đã kết nối với {channel}: hai nơi dùng chung tờ khai và bản nháp. Làm tiếp bản nháp, gõ "tiếp tục". Muốn ngắt, gõ "ngắt kết nối".',
  'join.wrong': 'Mã không đúng, đã dùng hoặc đã hết hạn. Còn {left} lần thử trong giờ này.',
  'join.tooMany': 'Đã thử sai nhiều lần. Mời thử lại sau {minutes} phút.',
  'join.self': 'Đây là mã của chính cuộc trò chuyện này. Mời gõ ở nơi kia.',
  'join.same': 'Hai nơi này đã kết nối với nhau rồi.',
  'join.busy':
    'Cuộc trò chuyện này đã kết nối với nơi khác. Mời gõ "ngắt kết nối" trước, hoặc gõ "kết nối" để lấy mã ở đây rồi nhập ở nơi kia.',
  'join.full': 'Cuộc trò chuyện kia đã kết nối đủ số nơi. Mời ngắt bớt một nơi ở đó.',
  'join.staff': 'Hai cuộc trò chuyện này là của hai cán bộ khác nhau, không kết nối được.',
  'join.training': 'Đang diễn tập thì không kết nối được. Mời kết thúc diễn tập trước.',
  'join.gone': 'Cuộc trò chuyện kia không còn nữa. Mời lấy mã mới.',
  'disconnect.title': 'Ngắt kết nối',
  'disconnect.which': 'Các nơi đang kết nối. Ngắt nơi nào?',
  'disconnect.which.label': 'Nơi ngắt',
  'disconnect.sure': 'Ngắt {channel}? Nơi đó sẽ không thấy tờ khai và bản nháp nữa.',
  'disconnect.sure.label': 'Ngắt kết nối',
  'disconnect.sureHere': 'Ngắt nơi đang dùng? Ở đây sẽ không thấy tờ khai và bản nháp nữa.',
  'disconnect.sureHere.label': 'Ngắt kết nối',
  'disconnect.sure.yes': 'Có, ngắt',
  'disconnect.sure.no': 'Không',
  'disconnect.kept': 'Không ngắt. Mọi thứ giữ nguyên.',
  'disconnect.here': '{channel} (đang dùng)',
  'disconnect.nth': '{channel} {n}',
  'disconnect.alone': 'Chỉ còn nơi này, không có gì để ngắt.',
  'disconnect.gone': 'Nơi này đã được ngắt trước đó.',
  'disconnect.done': 'Đã ngắt {channel}. Tờ khai và bản nháp vẫn ở đây.',
  'disconnect.doneHere':
    'Đã ngắt nơi này. Cuộc trò chuyện ở đây bắt đầu lại; tờ khai vẫn còn ở nơi kia, tra cứu được bằng mã.',
  'talk.news.joined':
    'Cuộc trò chuyện này vừa được nối với {channel}: hai nơi cùng thấy tờ khai và bản nháp. Nếu không phải anh/chị nối, gõ "ngắt kết nối".',
  'talk.news.joinedStaff':
    'Cuộc trò chuyện này vừa được nối với {channel}: nơi đó nhận cảnh báo và xem được mọi thứ. Nếu không phải anh/chị nối, gõ "ngắt kết nối" ngay, rồi báo quản trị.',
  'talk.news.left': 'Cuộc trò chuyện này vừa được ngắt khỏi {channel}.',
  'talk.news.youLeft':
    'Nơi này vừa được ngắt từ máy hoặc ứng dụng khác của anh/chị. Cuộc trò chuyện ở đây bắt đầu lại.',
} as const;
