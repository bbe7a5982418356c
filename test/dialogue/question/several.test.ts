import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { symptomOptions } from '../../../flows/parts/health.ts';
import { told, toy, toyTalk } from '../../harness/flows.ts';
import type { Talk } from '../../harness/talk.ts';

const flow = toy('f', (ask) => ask.choices('symptoms', symptomOptions, { say: 'health.symptoms' }));

const ask = (...texts: readonly string[]): Talk => {
  const talk = toyTalk([flow]);
  talk.texts(...texts);
  return talk;
};

describe('typed', () => {
  test.each([
    ['sốt', ['fever']],
    ['Sốt.', ['fever']],
    ['sot', ['fever']],
    ['bị sốt', ['fever']],
    ['tôi bị sốt', ['fever']],
    ['em đang sốt', ['fever']],
    ['tôi hơi mệt', ['fatigue']],
    ['có sốt', ['fever']],
    ['I have fever', ['fever']],
    ['sốt, ho', ['fever', 'cough']],
    ['ho, sốt', ['fever', 'cough']],
    ['sốt và ho', ['fever', 'cough']],
    ['sốt ho', ['fever', 'cough']],
    ['sot ho kho tho', ['fever', 'cough', 'breath']],
    ['Sốt cao, ho khan, đau họng', ['fever', 'cough', 'soreThroat']],
    ['sốt\nho\nkhó thở', ['fever', 'cough', 'breath']],
    ['1', ['fever']],
    ['1 3', ['fever', 'breath']],
    ['1,3', ['fever', 'breath']],
    ['3, 1, 1', ['fever', 'breath']],
    ['1️⃣ 2️⃣', ['fever', 'cough']],
    ['1, ho', ['fever', 'cough']],
    ['họng', ['soreThroat']],
    ['hong', ['soreThroat']],
    ['đau họng', ['soreThroat']],
    ['tiêu chảy', ['diarrhoea']],
    ['nôn', ['vomiting']],
    ['bị ói', ['vomiting']],
    ['Nôn, buồn nôn', ['vomiting']],
    ['fever, cough', ['fever', 'cough']],
    ['không', []],
    ['ko', []],
    ['k', []],
    ['0', []],
    ['no', []],
    ['không ạ', []],
    ['không có', []],
    ['không có gì', []],
    ['không bị gì', []],
    ['Không có triệu chứng', []],
    ['không có dấu hiệu nào', []],
    ['bình thường', []],
    ['khỏe', []],
    ['tôi khỏe', []],
    ['10', []],
    ['None of these', []],
    ['👎', []],
  ])('%j → %j', (raw, expected) => {
    expect(told(ask(raw))).toEqual(expected);
    expect(told(ask(raw.normalize('NFD')))).toEqual(expected);
  });

  /** A person who denies something, or says what is not on the list, is asked again: nothing is taken from it. */
  test.each([
    'không sốt',
    'khong sot',
    'ko sốt',
    'k sot',
    'chưa sốt',
    'hết sốt',
    'hết sốt rồi',
    'không bị sốt',
    'không có sốt',
    'no fever',
    'không sốt, không ho',
    'không sốt không ho',
    'sốt, không ho',
    'không ho, sốt',
    'ho nhưng không sốt',
    'không khó thở',
    'khong dau hong',
    'sốt không',
    'không biết',
    'có',
    'vâng',
    'không đau',
    'khong dau',
    'đau đầu',
    'sốt, đau đầu',
    '11',
    '1, 11',
    '13',
    '1-3',
    '-',
    '',
    'abc',
    '🤒',
    'sốt khỏe',
    '1, 10',
    'không, sốt',
  ])('%j takes nothing', (raw) => {
    const talk = ask(raw);
    expect(told(talk)).toBeUndefined();
    expect(talk.outcome).toBe('problem');
  });
});

test('a negation before a sign never becomes the sign, and a sign never becomes none', () => {
  const sign = fc.constantFrom(
    ...symptomOptions.flatMap(({ words = [] }) => words),
    'sốt',
    'ho',
    'khó thở',
    'đau họng',
  );
  const no = fc.constantFrom(
    'không',
    'khong',
    'ko',
    'k',
    'chưa',
    'chua',
    'không bị',
    'không có',
    'hết',
    'no',
    'không hề',
    'đâu có',
  );
  fc.assert(
    fc.property(no, sign, fc.constantFrom('', ' ', ', ho', ' và mệt mỏi'), (denial, word, rest) => {
      expect(told(ask(`${denial} ${word}${rest}`))).toBeUndefined();
    }),
    { numRuns: 60 },
  );
  fc.assert(
    fc.property(sign, (word) => {
      expect(told(ask(word))).not.toEqual([]);
    }),
    { numRuns: 40 },
  );
});

describe('ticked', () => {
  const tick = (...ids: readonly string[]): Talk => {
    const talk = toyTalk([flow]);
    for (const id of ids) talk.pick(id);
    return talk;
  };

  test.each<[readonly string[], readonly string[] | undefined]>([
    [['fever', 'done'], ['fever']],
    [
      ['cough', 'fever', 'done'],
      ['fever', 'cough'],
    ],
    [['fever', 'fever', 'cough', 'done'], ['cough']],
    [['none'], []],
    [['done'], undefined],
    [['fever', 'fever', 'done'], undefined],
    [['fever', 'none'], undefined],
    [['fever', 'none', 'fever', 'none'], []],
    [['nonsense'], undefined],
  ])('%j → %j', (ids, expected) => {
    expect(told(tick(...ids))).toEqual(expected);
  });

  test.each<[readonly string[], string, readonly string[] | undefined]>([
    [['fever'], 'xong', ['fever']],
    [['fever'], 'Xong rồi', ['fever']],
    [['fever'], 'hết', ['fever']],
    [['fever'], 'done', ['fever']],
    [['fever'], 'ho', ['fever', 'cough']],
    [['fever'], '2, 3', ['fever', 'cough', 'breath']],
    [['fever'], 'sốt', ['fever']],
    [['fever'], 'không', undefined],
    [['fever'], 'không có gì', undefined],
    [[], 'xong', undefined],
    [[], 'khó th', ['breath']],
    [['fever'], 'khó th', ['fever', 'breath']],
  ])('%j, then %j is typed → %j', (ids, text, expected) => {
    const talk = tick(...ids);
    talk.text(text);
    expect(told(talk)).toEqual(expected);
  });

  test('the list may take the place of itself after a tick on it, not after one on an older list', () => {
    const talk = toyTalk([flow]);
    const first = talk.last?.turn ?? 0;
    expect(talk.last?.same).toBeUndefined();
    const press = (id: string, turn: number) => talk.send({ type: 'choice', ids: [id], turn });
    press('fever', first);
    expect(talk.last).toMatchObject({ same: true, several: true });
    press('cough', first);
    expect(talk.last?.same).toBeUndefined();
    talk.text('3');
    expect(talk.last?.same).toBeUndefined();
  });

  test('"none" beside a tick is asked again, with an empty list; said once more it counts', () => {
    const talk = tick('fever');
    talk.text('không');
    expect(talk.heard()).not.toContain('[x]');
    talk.text('không');
    expect(told(talk)).toEqual([]);
  });

  test('all at once, as a form posts them', () => {
    const talk = toyTalk([flow]);
    talk.pick('cough', 'fever', 'done');
    expect(told(talk)).toEqual(['fever', 'cough']);
    const contradicting = toyTalk([flow]);
    contradicting.pick('fever', 'none', 'done');
    expect(told(contradicting)).toBeUndefined();
  });

  test('what is ticked is shown so, and stays through help and another language', () => {
    const talk = tick('fever');
    talk.texts('trợ giúp', 'English', 'tiếng Việt');
    expect(talk.last?.choices?.filter(({ picked }) => picked).map(({ id }) => id)).toEqual(['fever']);
  });
});
