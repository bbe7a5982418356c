import { expect, test } from '@jest/globals';
import type { Ask } from '../../src/dialogue/ask.ts';
import { type Asking, type End, flow } from '../../src/dialogue/flow.ts';
import { type Choice, line } from '../../src/dialogue/say.ts';
import { goArgument } from '../../src/dialogue/words.ts';
import { ok } from '../../src/domain/parsed.ts';
import { toyTalk } from '../harness/flows.ts';

const act = (what: string, label: string): Choice => ({
  id: `/go:${goArgument('acted', { do: what })}`,
  label: line(`campaign.do.${label}`),
});

/** Ends with buttons that belong to no question: "Duyệt", "Không duyệt", and two that read alike. */
const card = flow('card', { brief: true }, function* (ask): Asking<End> {
  yield* ask.call('looked', 'toy', null, null);
  const choices = [act('yes', 'approve'), act('no', 'reject'), act('one', 'pause'), act('two', 'pause')];
  return { says: [{ notes: [line('card.end')], choices }] };
});

const acted = flow('acted', { brief: true }, function* (ask, { params }): Asking<End> {
  yield* ask.call('looked', 'toy', null, null);
  return { says: [{ notes: [line(`acted.${params.do}`)] }] };
});

const note = flow('note', { words: ['ghi'] }, function* (ask: Ask): Asking<End> {
  const text = yield* ask.text('text', (raw) => ok(raw));
  return { says: [{ notes: [line(`noted.${text}`)] }] };
});

const saidTo = (...texts: readonly string[]): string | undefined => {
  const talk = toyTalk([card, acted, note]);
  talk.texts(...texts);
  return talk.last?.notes.at(-1)?.key;
};

test.each([
  ['1', 'acted.yes'],
  ['Duyệt', 'acted.yes'],
  ['duyet', 'acted.yes'],
  [' DUYỆT. ', 'acted.yes'],
  ['approve', 'acted.yes'],
  ['khong duyet', 'acted.no'],
  ['Không duyệt', 'acted.no'],
  // Two buttons with the same words: only the number tells which.
  ['Tạm ngừng', 'engine.unknown'],
  ['4', 'acted.two'],
  ['duyệt đi', 'engine.unknown'],
  ['...', 'engine.unknown'],
])('under a message whose conversation has ended: %j is %s', (typed, said) => {
  expect(saidTo(typed)).toBe(said);
});

test('the words of an earlier message mean nothing any more', () => {
  expect(saidTo('Duyệt', 'Duyệt')).toBe('engine.unknown');
});

test('a question that is open keeps its own answers', () => {
  expect(saidTo('ghi', 'Duyệt')).toBe('noted.Duyệt');
});
