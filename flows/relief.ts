import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import type { Option } from '../src/dialogue/question/question.ts';
import { line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';
import { parseNote } from '../src/domain/person.ts';
import { type Colleague, type Colleagues, USUAL_COLLEAGUES } from './parts/colleagues.ts';
import { go, notShown, postName } from './parts/staff.ts';

const option = ({ id, name, since, ...post }: Colleague): Option => ({
  id,
  value: id,
  label: line(since === null ? 'relief.off' : 'relief.on', { name, place: postName(post) }),
});

type Relieved =
  | {
      readonly is: 'handed' | 'taken';
      readonly name: string;
      readonly count: number;
      /** Of those that came with a shift: which nobody has. */
      readonly open?: number;
    }
  | { readonly is: 'gone' | 'stranger' };

const ended = (result: Relieved): End => {
  if (result.is !== 'handed' && result.is !== 'taken') return notShown(result.is, 'relief.gone');
  const { is, name, count, open = 0 } = result;
  const todo = open === 0 ? [] : [line('relief.takenOpen', { open })];
  const notes = [line(`relief.${is}`, { name, count }), ...todo];
  return { says: [{ notes, choices: [go('inbox', 'inbox.menu')] }] };
};

/** Gives one's shift to somebody else, with a note; the alerts go with it. */
export const handOver = flow(
  'handOver',
  { words: ['bàn giao ca', 'bàn giao', 'hand over'], command: 'bangiao', needs: 'staff', brief: true },
  function* (ask): Asking<End> {
    const found = (yield* ask.call<Json>('who', 'colleagues', {}, USUAL_COLLEAGUES)) as unknown as Colleagues;
    if (found.is !== 'colleagues') return notShown(found.is, 'staff.notForRole');
    const options = found.all.filter(({ mine, id }) => !mine && id !== '').map(option);
    if (options.length === 0) return end(line('relief.nobody'));
    const to = yield* ask.choice('to', options);
    const note = yield* ask.text('note', parseNote, { inline: false, optional: true });
    const args = { to, ...(note === undefined ? {} : { note }) };
    const usual = { is: 'handed', name: '', count: 0 };
    return ended((yield* ask.call<Json>('handed', 'handOver', args, usual)) as unknown as Relieved);
  },
);

/** Takes over the shift of somebody in one's own area. */
export const takeOver = flow(
  'takeOver',
  { words: ['thay ca', 'nhận bàn giao', 'take over'], command: 'thayca', needs: 'staff', brief: true },
  function* (ask): Asking<End> {
    const found = (yield* ask.call<Json>('who', 'colleagues', {}, USUAL_COLLEAGUES)) as unknown as Colleagues;
    if (found.is !== 'colleagues') return notShown(found.is, 'staff.notForRole');
    const options = found.all.filter(({ takes }) => takes).map(option);
    if (options.length === 0) return end(line('relief.nobodyOn'));
    const from = yield* ask.choice('from', options);
    const usual = { is: 'taken', name: '', count: 0 };
    return ended((yield* ask.call<Json>('taken', 'takeOver', { from }, usual)) as unknown as Relieved);
  },
);
