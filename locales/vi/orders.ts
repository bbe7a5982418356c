/** Orders to operators and the figures that come back: what is wrong with them, for those who run campaigns. */
export const orders = {
  'order.text.empty': 'Chưa có nội dung tin nhắn.',
  'order.text.long': 'Nội dung dài {segments} tin, nhiều nhất là {most} tin. Xin viết ngắn lại hoặc bỏ dấu.',
  'order.sender.wrong':
    'Tên người gửi {sender} không hợp lệ: nhiều nhất 11 ký tự, chỉ gồm chữ không dấu, số, dấu cách, chấm, gạch.',
  'order.area.none': 'Chưa có địa bàn nhận tin.',
  'order.days.wrong': 'Các ngày gửi phải liền nhau, từ 1 đến {most} ngày.',
  'order.days.past': 'Ngày gửi đầu tiên {day} đã qua.',
  'order.hours.wrong': 'Khung giờ phải nằm trong khoảng từ {from} đến {to}.',
  'order.operators.none': 'Mỗi nhà mạng phải được ghi đúng một lần, và có ít nhất một nhà mạng.',
  'order.operators.strange': 'Không có nhà mạng {operators}. Các nhà mạng đã khai: {known}.',
  'order.approve.unknown': 'Không có đơn {id}.',
  'order.approve.samePerson': 'Người đặt không tự duyệt được. Xin nhờ một người khác.',
  'order.approve.already': 'Đơn {id} đã được duyệt.',
  'order.approve.past': 'Ngày gửi đầu tiên đã qua. Xin đặt đơn mới.',
  'order.approve.needed': 'Đơn {id} chưa được người thứ hai duyệt.',
  'order.role': 'Chỉ lãnh đạo hoặc quản trị của tỉnh mới đặt, duyệt đơn và nhập số liệu.',
  'order.row.noHeading': 'Trang này không có dòng tiêu đề với Ngày, Đã gửi, Thành công.',
  'order.row.operator': 'Không rõ nhà mạng: {said}.',
  'order.row.notOrdered': 'Đơn này không đặt với {operator}.',
  'order.row.day': 'Không phải ngày: {said}.',
  'order.row.future': 'Ngày {day} chưa tới.',
  'order.row.count': 'Số lượng phải là số nguyên không âm.',
  'order.row.twice': 'Cùng nhà mạng, cùng ngày, cùng số liệu với dòng {row}.',
  'order.row.differs': 'Cùng nhà mạng, cùng ngày với dòng {row} nhưng số liệu khác: không nhận dòng nào.',
  'order.row.total':
    'Dòng tổng ghi đã gửi {said}, cộng các dòng trên được {sum}, hoặc các cột khác không khớp.',
  'order.figures.missing': '{operator} chưa báo số liệu ngày {day}.',
  'order.figures.sum':
    '{operator} ngày {day}: đã gửi {sent}, nhưng thành công, thất bại và đang chờ cộng lại là {sum}.',
  'order.figures.outside': '{operator} báo số liệu ngày {day}, không phải ngày đã đặt.',
} as const;
