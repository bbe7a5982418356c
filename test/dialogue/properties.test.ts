import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Event } from '../../src/dialogue/event.ts';
import type { Run } from '../../src/dialogue/state.ts';
import { checked } from '../harness/checked.ts';
import { engineOf, renderer, Talk } from '../harness/talk.ts';
import { CARDS, WORLDS } from '../harness/world.ts';

/** The straight path of a declaration, question by question. */
const STRAIGHT: Readonly<Record<string, string>> = {
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
  [/route$/, ['Sìn Hồ', 'Mường Tè đến Thân Uyên', 'Hà Nội - Sìn Hồ', 'Lào đến Lai Châu']],
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

const moves = (most: number) =>
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
class Player {
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
    const others = OTHERS.find(([key]) => key.test(this.key))?.[1] ?? [];
    return [...others, STRAIGHT[this.key] ?? 'khai báo'];
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

const OWN = /^(?!=)(?!review$)/;
const entries = (answers: Run['answers']) => Object.entries(answers).filter(([key]) => OWN.test(key));

/** What was answered stays answered, or is offered again; what was offered stays so until it is answered. */
const nothingLost = (before: Run | undefined, after: Run | undefined): void => {
  if (before === undefined || entries({ ...before.answers, ...before.was }).length === 0) return;
  expect(after).toBeDefined();
  for (const [key, value] of entries(before.answers).filter(([, value]) => value !== null))
    expect([after?.answers[key], after?.was[key]]).toContainEqual(value);
  for (const [key, value] of entries(before.was))
    if (after?.answers[key] === undefined) expect(after?.was[key]).toEqual(value);
};

const declaring = (talk: Talk): Run | undefined => talk.state.runs.find(({ flow }) => flow === 'declare');

/** A stay at the journey's end keeps the words in which the end was first named; its code is what counts. */
const withoutSaid = (args: unknown): unknown =>
  JSON.parse(JSON.stringify(args ?? null, (key, value) => (key === 'said' ? undefined : value)));

/** Brings a declaration to its end with the straight path's answers, whatever was said before. */
const finish = (player: Player): unknown => {
  const { talk } = player;
  player.send({ type: 'choice', ids: ['/lang:vi'] });
  if (talk.run?.flow !== 'declare') {
    const run = declaring(talk);
    player.send({ type: 'choice', ids: [run === undefined ? '/fresh:declare' : `/resume:${run.id}`] });
  }
  const given = new Set<string>(['consent', 'who.card', 'review']);
  for (let turns = 0; turns < 120; turns += 1) {
    const { key } = player;
    const due = Object.keys(STRAIGHT).find((each) => !given.has(each));
    if (key === 'review' && due !== undefined) {
      given.add(due);
      player.send({ type: 'choice', ids: [`/edit:${due}`] });
    } else if (key === '/edit' || STRAIGHT[key] === undefined) {
      player.text(key === '/edit' ? 'quay lại' : (OTHERS.find(([each]) => each.test(key))?.[1][0] ?? ''));
    } else {
      given.add(key);
      player.answer(STRAIGHT[key]);
      if (key === 'review')
        return withoutSaid(talk.calls.findLast(({ name }) => name === 'submitDeclaration')?.args);
    }
  }
  throw new Error(`does not come to its end: ${talk.heard()}`);
};

const straight = (() => {
  const player = new Player('newcomer', false);
  player.text('khai báo');
  return finish(player);
})();

test('the straight path is a whole declaration', () => {
  expect(straight).toMatchObject({
    whom: 'me',
    declared: {
      person: { name: 'Lò Văn Pản', born: '1990-03-15', phone: '+84912345678' },
      trip: { means: 'coach', vehicle: '29B-123.45', seat: '12', day: '2026-11-22' },
      health: { symptoms: ['fever', 'cough'], places: [{ code: '15' }] },
    },
  });
});

/** Runs of each property: enough for every day; `FC_RUNS` for a long hunt after a change of the engine. */
const RUNS = Number(process.env.FC_RUNS ?? 20);

describe('whatever a person does', () => {
  test.each(['newcomer', 'returning', 'several declarations', 'gone declaration'])(
    'nothing throws, and every step keeps its promises (%s)',
    (world) => {
      fc.assert(
        fc.property(moves(60), (plan) => {
          const player = new Player(world, true);
          for (const move of plan) player.play(move);
        }),
        { numRuns: RUNS },
      );
    },
  );

  test('no answer is lost, and the end is that of the straight path', () => {
    fc.assert(
      fc.property(moves(60), (plan) => {
        const player = new Player('newcomer', false);
        player.text('khai báo');
        for (const move of plan) {
          const [before, sent] = [declaring(player.talk), player.talk.calls.length];
          player.play(move);
          const ended =
            player.talk.ended.length > 0 ||
            player.talk.calls.slice(sent).some(({ name }) => name === 'submitDeclaration');
          if (ended) return;
          nothingLost(before, declaring(player.talk));
        }
        expect(finish(player)).toEqual(straight);
      }),
      { numRuns: RUNS },
    );
  });

  test('the same for somebody whose last declaration is known', () => {
    const player = new Player('returning', false);
    player.text('khai báo');
    const expected = finishKnown(player);
    fc.assert(
      fc.property(moves(40), (plan) => {
        const one = new Player('returning', false);
        one.text('khai báo');
        for (const move of plan) {
          const before = declaring(one.talk);
          one.play(move);
          if (one.talk.ended.length > 0) return;
          nothingLost(before, declaring(one.talk));
        }
        expect(finishKnown(one)).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
  });
});

/** "Another journey", then the straight path; *back* goes as far as that question can be answered anew. */
function finishKnown(player: Player): unknown {
  const { talk } = player;
  if (talk.run === undefined) player.text('tiếp tục');
  if (talk.run === undefined) player.send({ type: 'choice', ids: ['/fresh:declare'] });
  for (let turns = 0; turns < 120 && player.key !== 'again'; turns += 1) {
    if (player.key === 'whom') player.text('cho tôi');
    else player.send({ type: 'choice', ids: ['/back'] });
  }
  player.send({ type: 'choice', ids: ['trip'] });
  return finish(player);
}
