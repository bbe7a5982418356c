import { describe, expect, test } from '@jest/globals';
import { Talk } from '../harness/talk.ts';
import { WORLDS } from '../harness/world.ts';
import { ON_THE_WAY } from './onTheWay.ts';

describe('the words of buttons as they were called before', () => {
  test.each(['Có triệu chứng', 'có dấu hiệu bệnh', 'co dau hieu benh'])('%j opens the update', (raw) => {
    const talk = new Talk(WORLDS['one declaration']);
    talk.texts('alo', raw);
    expect(talk.run?.flow).toBe('update');
  });

  test.each([
    ['Dùng tiếp trên kênh khác', 'connect'],
    ['dung tiep tren kenh khac', 'connect'],
    ['Go on in another channel', 'connect'],
    ['Ngắt kết nối kênh', 'disconnect'],
    ['Disconnect a channel', 'disconnect'],
  ])('%j does what it did, also in the midst of something', (raw, flow) => {
    const talk = new Talk(WORLDS.newcomer);
    talk.texts('khai hộ', raw);
    expect([talk.run?.flow, ...talk.ended]).toContain(flow);
  });

  test.each(['Thấy mệt, có triệu chứng', 'Thấy mệt, có dấu hiệu bệnh', 'thay met co dau hieu benh'])(
    '%j answers how somebody is',
    (raw) => {
      const talk = new Talk(WORLDS['one declaration']);
      talk.texts('alo', raw);
      expect([talk.run?.flow, talk.last?.ask?.key]).toEqual(['followUp', 'followUp.temperature']);
    },
  );

  test.each(['Tôi không đi đâu', 'không đi đâu', 'không đi lại', 'I am not travelling', 'Not travelling'])(
    '%j is no journey',
    (raw) => {
      const talk = new Talk(WORLDS.newcomer);
      talk.texts(...ON_THE_WAY, raw);
      expect(talk.run?.answers['trip.route']).toMatchObject({ still: true });
      expect(talk.last?.ask?.key).toBe('health.symptoms');
    },
  );
});
