import fc from 'fast-check';
import type { Event } from '../../src/dialogue/event.ts';
import { checked } from './checked.ts';
import { engineOf, renderer, Talk } from './talk.ts';
import { CARDS, WORLDS } from './world.ts';

/** The straight path of a declaration, question by question. */
export const STRAIGHT: Readonly<Record<string, string>> = {
  consent: 'đồng ý',
  whom: 'cho tôi',
  'who.card': 'không',
  'who.name': 'Lò Văn Pản',
  'who.born': '15/3/1990',
  'who.sex': 'nam',
  'who.id': '012090001234',
  'who.phone': '0912345678',
  'who.home': 'bản Nà Cang, xã Nậm Hàng',
  'trip.route': 'Hà Nội đến Than Uyên',
  'trip.means': 'xe khách',
  'trip.vehicle.coach': '29B-123.45 ghế 12',
  'trip.day': 'hôm qua',
  'trip.stay.03595': 'tại nơi đến: xã Than Uyên, Lai Châu',
  // As a form posts them: what was ticked before does not go with it.
  'health.symptoms': '[fever cough done]',
  'health.exposures': '[elsewhere done]',
  'health.place1': 'Lào Cai',
  'health.place2': 'không',
  review: 'gửi',
};

/** Other good answers, by the end of the question's key. */
const OTHERS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/consent$/, ['ok', '1', 'có']],
  [/whom$/, ['2', 'cho tôi', 'cho người đi cùng']],
  [/card$/, ['tôi gõ', '1', 'ko']],
  [/name$/, ['Vàng Thị Mỷ', 'GIÀNG A PAO', 'Trần Thị Bé, 1991, nữ']],
  [/born$/, ['1/1/2020', '1952', 'năm 1988']],
  [/sex$/, ['nữ', '3', 'nam']],
  [/\.id$/, ['không', 'PA1234567', '045123456']],
  [/nationality$/, ['Lào', 'Trung Quốc']],
  [/phone$/, ['+856 20 5555 1234', '0987654321']],
  [/home$/, ['Mường Than', 'Sìn Hồ', 'Hà Nội', 'thân uyên']],
  [/route$/, ['không đi đâu', 'Sìn Hồ', 'Mường Tè đến Thân Uyên', 'Hà Nội - Sìn Hồ', 'Lào đến Lai Châu']],
  [/\.to$/, ['Tả Lèng', 'Nậm Hàng']],
  [/means$/, ['đi bộ', 'máy bay', 'xe máy', '7', 'xe khách']],
  [/vehicle\.\w+$/, ['bỏ qua', 'không biết', '25F1-123.45', 'VN1801 ghế 3A']],
  [/day$/, ['hôm nay', '20/11', 'ngày mai']],
  [/stay\.\w+$/, ['1', '2', 'phường Tân Phong']],
  [/symptoms$/, ['không', '1 3', 'ho khó thở']],
  [/exposures(\.child)?$/, ['không', '1, 2', 'đã đến tỉnh khác, xã khác']],
  [/place\d$/, ['hết', 'Điện Biên', 'Mường Tè']],
  [/review$/, ['gửi', 'sửa', 'sửa họ tên', 'sửa phương tiện', 'chưa']],
  [/well$/, ['không', 'có']],
  [/again$/, ['1', '2']],
];

/** Good answers to a question beside the straight one. */
export const otherAnswers = (key: string): readonly string[] =>
  OTHERS.find(([each]) => each.test(key))?.[1] ?? [];

interface Move {
  readonly does: 'valid' | 'choice' | 'old' | 'text' | 'command' | 'again' | 'wait' | 'shell' | 'other';
  readonly n: number;
  readonly text: string;
}

const COMMANDS = [
  'quay lại',
  'sửa',
  'bỏ qua',
  'giữ',
  'trợ giúp',
  'English',
  'tiếng Việt',
  'ngôn ngữ',
  'hủy',
  'tiếp tục',
  'sửa 1',
  'sửa 3',
  'sửa họ tên',
  'sửa hành trình',
  'xem thêm',
  'xong',
];
/** These begin something else or throw away; they are left out where answers must survive. */
const BOLD = ['khai báo', 'menu', 'cập nhật', 'gặp cán bộ', '/khaibao', 'tra cứu', 'thu hồi', '/start x'];

export const moves = (most: number) =>
  fc.array(
    fc.record<Move>({
      does: fc.oneof(
        { weight: 8, arbitrary: fc.constant('valid' as const) },
        { weight: 4, arbitrary: fc.constantFrom('choice' as const, 'command' as const) },
        {
          weight: 3,
          arbitrary: fc.constantFrom(
            'old' as const,
            'text' as const,
            'again' as const,
            'shell' as const,
            'wait' as const,
            'other' as const,
          ),
        },
      ),
      n: fc.nat(10_000),
      text: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.string({ unit: 'grapheme', maxLength: 20 }),
        fc.constantFrom(
          'Hà Nội',
          '1',
          '99',
          '0',
          '👍',
          '🤒',
          '/',
          'a, b, c, d',
          '2030',
          '-1',
          'x'.repeat(501),
        ),
      ),
    }),
    { maxLength: most, size: 'max' },
  );

const OTHER_EVENTS: readonly Event[] = [
  { type: 'unsupported', what: 'sticker' },
  { type: 'location', lat: 22.4, lon: 103.4 },
  { type: 'contact', phone: '0987654321', own: false },
  { type: 'photo', ref: 'p' },
  { type: 'file', ref: 'f', name: 'so.csv', bytes: 2_000 },
  { type: 'photo', ref: 'p', bytes: 99_000_000, caption: 'thẻ của tôi' },
  { type: 'choice', ids: ['n0'], turn: 0 },
  { type: 'choice', ids: [], turn: 9_999 },
  { type: 'choice', ids: ['/edit:who.name'] },
  { type: 'choice', ids: ['/edit:'] },
  { type: 'choice', ids: ['/back'] },
  { type: 'choice', ids: ['fever', 'cough', 'done'] },
];

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

/** Choices that begin something else or throw away. */
const isBold = (id: string): boolean => /^\/(?:drop|fresh|go|menu|person)\b/.test(id);

/** Plays a move; what it does depends on where the talk stands, as with a person. */
export class Player {
  readonly talk: Talk;
  #last: Event = { type: 'text', text: 'alo' };

  constructor(
    world: keyof typeof WORLDS,
    readonly bold: boolean,
  ) {
    this.talk = new Talk(WORLDS[world], checked(engineOf(), renderer));
  }

  send(event: Event): void {
    this.#last = event;
    this.talk.send(event);
  }

  text(text: string): void {
    this.send({ type: 'text', text });
  }

  /** A text, or ids in brackets. */
  answer(answer: string): void {
    const ids = /^\[(.+)\]$/.exec(answer)?.[1]?.split(' ');
    if (ids === undefined) this.text(answer);
    else this.send({ type: 'choice', ids, turn: this.talk.last?.turn ?? 0 });
  }

  get key(): string {
    return this.talk.run?.asked?.key ?? '';
  }

  play({ does, n, text }: Move): void {
    const { talk } = this;
    if (does === 'valid') return this.answer(pick(this.#good(), n) ?? 'khai báo');
    if (does === 'command') return this.text(pick([...COMMANDS, ...(this.bold ? BOLD : [])], n) ?? '');
    if (does === 'text') return this.text(text);
    if (does === 'again') return this.send(this.#last);
    if (does === 'wait') talk.now += n % 3 === 0 ? 50 * 60_000 : 5_000;
    else if (does === 'other') this.send(pick(OTHER_EVENTS, n) ?? { type: 'parked' });
    else if (does === 'shell') this.#shell(n);
    else this.#press(does === 'old' ? pick(talk.said, n) : talk.last, n);
  }

  #good(): readonly string[] {
    return [...otherAnswers(this.key), STRAIGHT[this.key] ?? 'khai báo'];
  }

  #shell(n: number): void {
    const { talk } = this;
    if (n % 4 === 0) return this.send({ type: 'parked' });
    if (talk.work.length === 0)
      return this.send({ type: 'worked', work: '1|who.card|3', value: CARDS.card ?? null });
    talk.worked(
      n % 4 === 1 ? { problem: { key: 'card.noCode' } } : { value: pick(Object.values(CARDS), n) ?? null },
    );
  }

  #press(say: Talk['last'], n: number): void {
    const choices = (say?.choices ?? []).filter(({ id }) => this.bold || !isBold(id));
    const choice = pick(choices, n);
    if (choice !== undefined && say !== undefined)
      this.send({ type: 'choice', ids: [choice.id], turn: say.turn });
  }
}
