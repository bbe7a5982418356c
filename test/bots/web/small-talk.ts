import { type Asking, type End, flow } from '../../../src/dialogue/flow.ts';
import { optionsOf } from '../../../src/dialogue/question/choice.ts';
import type { PhotoOptions } from '../../../src/dialogue/question/photo.ts';
import { type Line, line } from '../../../src/dialogue/say.ts';
import { groupCode } from '../../../src/domain/lookupCode.ts';
import { ok } from '../../../src/domain/parsed.ts';

/** A short declaration with one question of each look the page has. It is the engine's own; only the words are ours. */
export const SMALL_WORDS = {
  'small.title': 'Khai báo thử',
  'small.menu': 'Khai báo cho tôi',
  'small.consent': 'Anh/chị có đồng ý cho Sở Y tế dùng thông tin này để phòng dịch trong 90 ngày không?',
  'small.consent.label': 'Đồng ý',
  'small.consent.yes': 'Đồng ý',
  'small.consent.no': 'Không đồng ý',
  'small.card': 'Mời anh/chị chụp mặt có mã QR của căn cước công dân.',
  'small.card.label': 'Căn cước',
  'small.card.type': 'Tôi tự gõ',
  'small.name': 'Họ và tên của anh/chị?',
  'small.name.label': 'Họ tên',
  'small.symptoms': 'Trong 14 ngày qua, anh/chị có triệu chứng nào?',
  'small.symptoms.label': 'Triệu chứng',
  'small.symptoms.fever': 'Sốt từ 37,5 độ trở lên',
  'small.symptoms.cough': 'Ho',
  'small.symptoms.breath': 'Khó thở',
  'small.symptoms.none': 'Không có triệu chứng nào',
  'small.review': 'Các câu trả lời đã đúng chưa?',
  'small.review.send': 'Đúng, gửi tờ khai',
  'small.done': 'Cảm ơn anh/chị {name}. Mã tra cứu của anh/chị: {code}.',
  'small.done.call': 'Nếu sốt hoặc khó thở, gọi {hotline}.',
} as const;

/** As it is stored; people read it in groups. */
const STORED = '7KQ2M9XW4RA';
export const CODE = groupCode(STORED);

const done = (name: string): readonly Line[] => [
  line('small.done', { name, code: CODE }),
  line('small.done.call', { hotline: '0213 3876 515' }),
];

export const smallTalk = flow(
  'small',
  { menu: [{ order: 1, label: line('small.menu') }], words: ['khai báo'], command: 'khaibao' },
  function* (ask): Asking<End> {
    yield* ask.choice('consent', optionsOf('small.consent', [{ id: 'yes' }, { id: 'no' }]), { hidden: true });
    const card = yield* ask.photo<string, PhotoOptions>('card', {
      work: 'readCard',
      fits: (value) => typeof value === 'string',
      options: optionsOf('small.card', [{ id: 'type' }]),
    });
    const name = card === 'type' ? yield* ask.text('name', (raw) => ok(raw.trim())) : card;
    const symptoms = [{ id: 'fever' }, { id: 'cough' }, { id: 'breath' }];
    yield* ask.choices('symptoms', optionsOf('small.symptoms', symptoms));
    yield* ask.review();
    return { says: [{ notes: done(String(name)), image: { kind: 'qr', code: STORED } }] };
  },
);
