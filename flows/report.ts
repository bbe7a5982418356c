import { type Asking, type End, flow } from '../src/dialogue/flow.ts';
import { type File, type Image, type Line, line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';
import { notShown } from './parts/staff.ts';

type Shown =
  | { readonly is: 'stranger' | 'notAllowed' }
  | { readonly is: 'report'; readonly lines: readonly Line[]; readonly image?: Image; readonly file?: File };

/** Today's figures so far, to a leader, with their chart and their file. */
export const report = flow(
  'report',
  {
    menu: [{ order: 22, label: line('report.menu'), needs: 'reports' }],
    words: ['báo cáo', 'báo cáo ngày', 'số liệu hôm nay', 'report'],
    command: 'baocao',
    needs: 'staff',
    brief: true,
  },
  function* (ask): Asking<End> {
    const found = (yield* ask.call<Json>('report', 'showReport', {}, null)) as unknown as Shown | null;
    if (found?.is !== 'report') return notShown(found?.is ?? 'stranger', 'report.notForRole');
    const { lines: notes, image, file } = found;
    return { says: [{ notes, ...(image && { image }), ...(file && { file }) }] };
  },
);
