import { CATALOGUES } from '../../locales/index.ts';
import { createRenderer } from '../dialogue/render.ts';
import { LANGS } from '../domain/lang.ts';
import type { Problem } from '../domain/parsed.ts';

/** None of these sentences names a place by its code. */
const renderer = createRenderer({ catalogues: CATALOGUES, placeName: (code) => code });

/** A sentence of the catalogue for whoever typed a command: in Vietnamese, then in English. */
export const inBoth = ({ key, values }: Problem): string =>
  LANGS.map((lang) => renderer.line(lang, values === undefined ? { key } : { key, values })).join(' / ');
