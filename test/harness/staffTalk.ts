/** What a chat of staff needs in tests: the flows and sentences of staff beside those of citizens. */
import { alert, closeAlert } from '../../flows/alert.ts';
import { duty, dutyOff, dutyOn } from '../../flows/duty.ts';
import { answer, feedback } from '../../flows/feedback.ts';
import { inbox } from '../../flows/inbox.ts';
import { FLOWS } from '../../flows/index.ts';
import { link, unlink } from '../../flows/link.ts';
import { risk as riskEn } from '../../locales/en/risk.ts';
import { staff as staffEn } from '../../locales/en/staff.ts';
import { CATALOGUES } from '../../locales/index.ts';
import { risk as riskVi } from '../../locales/vi/risk.ts';
import { staff as staffVi } from '../../locales/vi/staff.ts';
import { sayPlain } from '../../src/dialogue/plain.ts';
import { createRenderer } from '../../src/dialogue/render.ts';
import type { Say } from '../../src/dialogue/say.ts';
import { createEngine, type Engine } from '../../src/dialogue/step.ts';
import type { Lang } from '../../src/domain/lang.ts';
import { placeFinder } from '../../src/services/placeFinder.ts';
import { gazetteer } from './talk.ts';

const STAFF_FLOWS = [link, unlink, inbox, alert, closeAlert, duty, dutyOn, dutyOff, feedback, answer];

/** A code that links a chat looks like a mistyped lookup code: `link` must be asked first. */
const ALL = [...STAFF_FLOWS, ...FLOWS.filter(({ name }) => !STAFF_FLOWS.some((one) => one.name === name))];

export const staffRenderer = createRenderer({
  catalogues: {
    vi: { ...CATALOGUES.vi, ...riskVi, ...staffVi },
    en: { ...CATALOGUES.en, ...riskEn, ...staffEn },
  },
  placeName: (code, lang) => gazetteer.name(code, lang, 'full'),
});

export const staffEngine = (): Engine =>
  createEngine({ flows: ALL, renderer: staffRenderer, places: placeFinder(gazetteer, '12') });

export const plain = (say: Say, lang: Lang = 'vi'): string => sayPlain(staffRenderer, lang, say);
