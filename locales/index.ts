import type { Catalogue } from '../src/dialogue/render.ts';
import type { Lang } from '../src/domain/lang.ts';
import { campaign as campaignEn } from './en/campaign.ts';
import { connect as connectEn } from './en/connect.ts';
import { declare as declareEn } from './en/declare.ts';
import { engine as engineEn } from './en/engine.ts';
import { lists as listsEn } from './en/lists.ts';
import { orders as ordersEn } from './en/orders.ts';
import { parked as parkedEn } from './en/parked.ts';
import { passage as passageEn } from './en/passage.ts';
import { reminders as remindersEn } from './en/reminders.ts';
import { report as reportEn } from './en/report.ts';
import { risk as riskEn } from './en/risk.ts';
import { staff as staffEn } from './en/staff.ts';
import { telegram as telegramEn } from './en/telegram.ts';
import { training as trainingEn } from './en/training.ts';
import { web as webEn } from './en/web.ts';
import { campaign as campaignVi } from './vi/campaign.ts';
import { connect as connectVi } from './vi/connect.ts';
import { declare as declareVi } from './vi/declare.ts';
import { engine as engineVi } from './vi/engine.ts';
import { lists as listsVi } from './vi/lists.ts';
import { orders as ordersVi } from './vi/orders.ts';
import { parked as parkedVi } from './vi/parked.ts';
import { passage as passageVi } from './vi/passage.ts';
import { reminders as remindersVi } from './vi/reminders.ts';
import { report as reportVi } from './vi/report.ts';
import { risk as riskVi } from './vi/risk.ts';
import { staff as staffVi } from './vi/staff.ts';
import { telegram as telegramVi } from './vi/telegram.ts';
import { training as trainingVi } from './vi/training.ts';
import { web as webVi } from './vi/web.ts';

/** Every sentence of the product, by language; a test holds both to the same keys and the same holes. */
export const CATALOGUES: Readonly<Record<Lang, Catalogue>> = {
  vi: {
    ...campaignVi,
    ...connectVi,
    ...declareVi,
    ...engineVi,
    ...listsVi,
    ...ordersVi,
    ...parkedVi,
    ...passageVi,
    ...remindersVi,
    ...reportVi,
    ...riskVi,
    ...staffVi,
    ...trainingVi,
    ...telegramVi,
    ...webVi,
  },
  en: {
    ...campaignEn,
    ...connectEn,
    ...declareEn,
    ...engineEn,
    ...listsEn,
    ...ordersEn,
    ...parkedEn,
    ...passageEn,
    ...remindersEn,
    ...reportEn,
    ...riskEn,
    ...staffEn,
    ...trainingEn,
    ...telegramEn,
    ...webEn,
  },
};
