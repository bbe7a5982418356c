/** Lists and figures that come in as files: why a row, or the whole file, is not taken. */
export const lists = {
  'list.notATable': 'Tệp này không phải bảng tính. Xin lưu thành .xlsx hoặc .csv rồi gửi lại.',
  'list.broken': 'Tệp bị hỏng hoặc gửi chưa trọn. Xin mở lại, lưu thành .xlsx rồi gửi lại.',
  'list.locked': 'Tệp có mật khẩu. Xin bỏ mật khẩu rồi gửi lại.',
  'list.oldExcel':
    'Tệp Excel kiểu cũ (.xls) hoặc có mật khẩu. Xin lưu thành .xlsx không mật khẩu rồi gửi lại.',
  'list.tooLarge': 'Tệp quá lớn. Xin chia thành nhiều tệp rồi gửi lại.',
  'list.tooManyRows': 'Danh sách có hơn 600.000 dòng, nhiều hơn dân số tỉnh. Xin kiểm tra lại tệp.',
  'list.reason.empty': 'Ô số điện thoại để trống.',
  'list.reason.formula': 'Ô là công thức chưa có kết quả hoặc bị lỗi.',
  'list.reason.rounded': 'Bảng tính đã làm tròn số, các chữ số cuối đã mất. Xin định dạng cột thành văn bản.',
  'list.reason.several': 'Một ô có nhiều số. Xin ghi mỗi số một dòng.',
  'list.reason.landline': 'Số cố định, không nhận được tin nhắn.',
  'list.reason.hotline': 'Số tổng đài, không nhận được tin nhắn.',
  'list.reason.foreign': 'Số nước ngoài.',
  'list.reason.tooShort': 'Số thiếu chữ số.',
  'list.reason.tooLong': 'Số thừa chữ số.',
  'list.reason.notAPhone': 'Không phải số điện thoại di động.',
  'list.reason.twice': 'Trùng số ở dòng {row}.',
  'list.reason.twiceElsewhere': 'Trùng số ở dòng {row}, trang tính {sheet}.',
  'list.reason.hidden': 'Dòng hoặc trang tính bị ẩn. Muốn gửi thì xin bỏ ẩn.',
  'list.reason.noColumn': 'Không tìm thấy cột số điện thoại.',
} as const;
