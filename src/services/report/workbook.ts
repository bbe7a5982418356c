import type { CellObject, Row, Sheet } from 'write-excel-file/node';
import type { Renderer } from '../../dialogue/render.ts';
import { line, type Value } from '../../dialogue/say.ts';
import { LEVELS } from '../../domain/declaration.ts';
import type { Lang } from '../../domain/lang.ts';
import { type Compared, comparedOf } from '../../domain/report/compared.ts';
import type { Pair } from '../../domain/report/counted.ts';
import type { Report } from '../../domain/report/report.ts';
import { placeOf } from '../staff/record.ts';
import { areaName, figureName } from './lines.ts';

type Table = Sheet<never>;
type Said = (value: Value) => string;

/** A figure that is missing is an empty cell, never a nought. */
const number = (value: number | null): CellObject | null => (value === null ? null : { value, type: Number });
/** Always text: Excel makes a formula of nothing that a person named. */
const text = (value: string): CellObject => ({ value, type: String, wrap: true });
const head = (value: string): CellObject => ({
  ...text(value),
  fontWeight: 'bold',
  backgroundColor: '#e9e4dc',
});

const cell = (name: string) => line(`report.cell.${name}`);

const compared = (rows: readonly Compared[], said: Said): readonly Row[] => [
  ['figure', 'today', 'yesterday', 'difference'].map((name) => head(said(cell(name)))),
  ...rows.map(({ name, today, yesterday, difference }) => [
    text(said(figureName(name))),
    number(today),
    number(yesterday),
    number(difference),
  ]),
];

const sheet = (name: string, data: readonly Row[], widths: readonly number[], said: Said): Table => ({
  sheet: said(line(`report.sheet.${name}`)),
  data: data.map((row) => [...row]),
  columns: widths.map((width) => ({ width })),
  stickyRowsCount: 1,
});

const DECLARED = ['declared', 'entered', 'abroad', 'withdrawn'];
const WIDE = [36, 14, 18, 14];
const PASSED = [36, 18, 18, 18, 18, 18, 18, 18, 18];

const summary = (report: Report, said: Said): Table => {
  const title = text(
    said(line('report.head', { date: { date: report.day }, place: { place: placeOf(report.area) } })),
  );
  const span = text(said(line('report.span.sheet', { until: { time: report.until } })));
  const data = [...compared(comparedOf(report), said), [], [title], [span]];
  return sheet('summary', data, WIDE, said);
};

const communes = ({ today }: Report, home: string, said: Said): Table => {
  const heads = [cell('commune'), cell('declared'), ...LEVELS.map(figureName), cell('entered')];
  const rows = today.byCommune.map(({ area, declared, byLevel, entered }) => [
    text(said(areaName(area, home))),
    ...[declared, ...LEVELS.map((level) => byLevel[level]), entered].map(number),
  ]);
  const sums = [today.declared, ...LEVELS.map((level) => today.byLevel[level]), today.entered];
  const total = [head(said(cell('total'))), ...sums.map(number)];
  return sheet(
    'communes',
    [heads.map((each) => head(said(each))), ...rows, total],
    [36, 12, 16, 14, 16, 18, 18],
    said,
  );
};

const levels = (report: Report, said: Said): Table => {
  const all = comparedOf(report);
  const rows = all.filter(({ name }) => LEVELS.some((level) => level === name));
  const total = all.filter(({ name }) => name === 'declared').map((row) => ({ ...row, name: 'total' }));
  return sheet('levels', compared([...rows, ...total], said), WIDE, said);
};

const alerts = (report: Report, said: Said): Table => {
  const apart = new Set<string>([...DECLARED, ...LEVELS]);
  const rows = comparedOf(report).filter(({ name }) => !apart.has(name));
  const { open } = report;
  const now = (name: string, value: number | null): Row => [text(said(cell(name))), number(value)];
  const standing = open === undefined ? [] : [now('openNow', open.count), now('openLongest', open.longest)];
  return sheet('alerts', [...compared(rows, said), ...standing], WIDE, said);
};

const days = (report: Report, said: Said): Table => {
  const heads = [cell('day'), cell('declared'), ...LEVELS.map(figureName)].map((each) => head(said(each)));
  const rows = report.days.map(({ day, declared, byLevel }) => [
    text(said({ date: day })),
    ...[declared, ...LEVELS.map((level) => byLevel[level])].map(number),
  ]);
  return sheet('days', [heads, ...rows], [14, 12, 16, 14, 16, 18], said);
};

/** Sections there is nothing for are left out. */
const more = ({ campaigns, passages }: Report, said: Said): readonly Table[] => {
  const heads = (...names: readonly string[]): Row => names.map((name) => head(said(cell(name))));
  const sent = campaigns.map((each) => [
    text(each.name),
    ...[each.day, each.planned, each.sent, each.failed, each.declared].map(number),
  ]);
  const pair = ({ today, yesterday }: Pair): Row => [number(today), number(yesterday)];
  const passed = passages.map((each) => [
    text(said({ named: each.checkpoint })),
    ...[each, each.vehicles, each.sentBack, each.handedOver].flatMap(pair),
  ]);
  const passedHeads = ['passed', 'vehicles', 'sentBack', 'handedOver'].flatMap((name) =>
    ['today', 'yesterday'].map((day) => head(`${said(cell(name))}: ${said(cell(day))}`)),
  );
  const sentHeads = heads('campaign', 'day', 'planned', 'sent', 'failed', 'declared');
  return [
    ...(sent.length === 0 ? [] : [sheet('campaigns', [sentHeads, ...sent], [36, 10, 12, 12, 12, 12], said)]),
    ...(passed.length === 0
      ? []
      : [sheet('passages', [[...heads('checkpoint'), ...passedHeads], ...passed], PASSED, said)]),
  ];
};

/** The report as an XLSX: summary, communes, risk, alerts, days. */
export const writeWorkbook = async (
  renderer: Renderer,
  lang: Lang,
  report: Report,
  home: string,
): Promise<Buffer> => {
  const { default: write } = await import('write-excel-file/node');
  const said: Said = (value) => renderer.value(lang, value);
  const sheets = [
    summary(report, said),
    communes(report, home, said),
    levels(report, said),
    alerts(report, said),
    days(report, said),
    ...more(report, said),
  ];
  return write(sheets).toBuffer();
};
