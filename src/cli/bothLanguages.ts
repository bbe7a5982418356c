import { CATALOGUES } from '../../locales/index.ts';
import { createRenderer } from '../dialogue/render.ts';
import type { Line } from '../dialogue/say.ts';
import { LANGS } from '../domain/lang.ts';
import { CommandProblem } from './problem.ts';

/** None of these sentences names a place by its code. */
const renderer = createRenderer({ catalogues: CATALOGUES, placeName: (code) => code });

/** A sentence of the catalogue for whoever typed a command: in Vietnamese, then in English. */
export const inBoth = (said: Line): string => LANGS.map((lang) => renderer.line(lang, said)).join(' / ');

/** It cannot be done, for all these reasons. */
export const refuse = (...problems: readonly Line[]): never => {
  throw new CommandProblem(problems.map(inBoth).join('\n'));
};
