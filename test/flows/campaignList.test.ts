import { expect, test } from '@jest/globals';
import { Talk } from '../harness/talk.ts';
import { LISTS, WORLDS } from '../harness/world.ts';

/** A leader who was asked for a list of numbers. */
const asked = (): Talk => {
  const talk = new Talk(WORLDS.leader);
  talk.texts('NV-7K3M-9PVT', 'soạn đợt nhắn tin', 'Đề nghị anh/chị khai báo y tế.', 'danh sách số');
  return talk;
};

const sendList = (talk: Talk): void => {
  talk.text('0912 345 678');
  talk.worked({ value: LISTS['list that was typed'] ?? null });
};

test('after twenty lists no more are taken: that is said, with what came of the last one', () => {
  const talk = asked();
  for (let n = 1; n < 20; n += 1) sendList(talk);
  expect(talk.last?.ask?.key).toBe('newCampaign.nextList');
  sendList(talk);
  const said = talk.plain(talk.last);
  expect(said).toContain('Nhận 2 số, không nhận 1.');
  expect(said).toContain('Đã nhận đủ 20 lần gửi, không nhận thêm nữa.');
  talk.text('0987 654 321');
  expect(talk.work).toEqual([]);
  expect(talk.plain(talk.last)).toContain('Đã nhận đủ 20 lần gửi');
  talk.press('Xong');
  expect(talk.plain(talk.last)).toContain('Gửi 5 ngày liền');
});
