import type { Catalogue } from '../src/dialogue/render.ts';
import type { Lang } from '../src/domain/lang.ts';
import { declare as declareEn } from './en/declare.ts';
import { engine as engineEn } from './en/engine.ts';
import { declare as declareVi } from './vi/declare.ts';
import { engine as engineVi } from './vi/engine.ts';

/** Every sentence of the product, by language; a test holds both to the same keys and the same holes. */
export const CATALOGUES: Readonly<Record<Lang, Catalogue>> = {
  vi: { ...engineVi, ...declareVi },
  en: { ...engineEn, ...declareEn },
};
