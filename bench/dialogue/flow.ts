import { type Asking, type End, end, type Flow, flow } from '../../src/dialogue/flow.ts';
import { line } from '../../src/dialogue/say.ts';
import type { Json } from '../../src/domain/json.ts';
import { ok, type Parsed, problem } from '../../src/domain/parsed.ts';
import { THANKS } from './script.ts';

/** As the peers have it: every third answer is checked, the others are taken as they are. */
const isChecked = (n: number): boolean => n % 3 === 0;
const GOOD = /^A\d{1,6}$/;

const free = (raw: string): Parsed<string> => ok(raw.trim());
const checked = (raw: string): Parsed<string> =>
  GOOD.test(raw.trim()) ? ok(raw.trim()) : problem('problem.bench');

/** The declaration of the bench: so many questions, then one service that keeps it with the conversation. */
export const benchFlow = (questions: number): Flow =>
  flow('bench', { words: ['khai báo'], command: 'khaibao' }, function* (ask): Asking<End> {
    const answers: string[] = [];
    for (let n = 1; n <= questions; n += 1)
      answers.push(yield* ask.text(`q${n}`, isChecked(n) ? checked : free, { inline: false }));
    yield* ask.call<Json>('kept', 'keepBench', { answers }, null);
    return end(line('bench.thanks'));
  });

/** Its sentences, beside those of the product. */
export const benchWords = (questions: number): Readonly<Record<string, string>> => ({
  'bench.title': 'Tờ khai đo tốc độ',
  'bench.thanks': `${THANKS} anh/chị. Tờ khai đã được nhận.`,
  'problem.bench': 'Câu trả lời chưa đúng dạng, anh/chị gõ lại giúp.',
  ...Object.fromEntries(
    Array.from({ length: questions }, (_, at) => [
      [`bench.q${at + 1}`, `Câu ${at + 1}/${questions}: anh/chị trả lời giúp câu này.`],
      [`bench.q${at + 1}.label`, `Câu ${at + 1}`],
    ]).flat(),
  ),
});
