import type { Catalogue } from '../src/dialogue/render.ts';
import type { Lang } from '../src/domain/lang.ts';
import { declare as declareEn } from './en/declare.ts';
import { engine as engineEn } from './en/engine.ts';
import { risk as riskEn } from './en/risk.ts';
import { staff as staffEn } from './en/staff.ts';
import { web as webEn } from './en/web.ts';
import { declare as declareVi } from './vi/declare.ts';
import { engine as engineVi } from './vi/engine.ts';
import { risk as riskVi } from './vi/risk.ts';
import { staff as staffVi } from './vi/staff.ts';
import { web as webVi } from './vi/web.ts';

/** Every sentence of the product, by language; a test holds both to the same keys and the same holes. */
export const CATALOGUES: Readonly<Record<Lang, Catalogue>> = {
  vi: { ...declareVi, ...engineVi, ...riskVi, ...staffVi, ...webVi },
  en: { ...declareEn, ...engineEn, ...riskEn, ...staffEn, ...webEn },
};
