import { type Line, line, type Value } from '../../dialogue/say.ts';
import { LEVELS } from '../../domain/declaration.ts';
import { comparedOf } from '../../domain/report/compared.ts';
import type { CountedPassages } from '../../domain/report/counted.ts';
import { type AreaFigures, ELSEWHERE, type Report } from '../../domain/report/report.ts';
import { covers } from '../../domain/roster.ts';
import { placeOf } from '../staff/record.ts';

/** Communes named in the message; the file has all of them. */
const NAMED = 3;

/** Figures as they are read: a province counts in thousands. */
const counts = (figures: Readonly<Record<string, number>>): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(figures).map(([name, count]) => [name, { count }]));

/** Name of the place of a row: a commune, the province without one, or everything outside of it. */
export const areaName = (area: string, home: string): Value => {
  if (area === ELSEWHERE) return line('report.elsewhere');
  return area === home ? line('report.noCommune') : { place: placeOf(area) };
};

/** What a figure is called where it stands by itself. */
export const figureName = (name: string): Line =>
  line(LEVELS.some((level) => level === name) ? `level.${name}` : `report.cell.${name}`);

/** "1.234 (987)": today, and yesterday in brackets. */
const pairLine = (today: number, yesterday: number): Line =>
  line('report.pair', { today: { count: today }, yesterday: { count: yesterday } });

/** The figure of a name, and yesterday's. */
const pairsOf = (report: Report): ((name: string) => Line) => {
  const all = comparedOf(report);
  return (name) => {
    const found = all.find((each) => each.name === name);
    return pairLine(found?.today ?? 0, found?.yesterday ?? 0);
  };
};

const communes = ({ area, today }: Report, home: string): readonly Line[] => {
  const most: readonly AreaFigures[] =
    area === home ? today.byCommune.filter((each) => covers(home, each.area) && each.area !== home) : [];
  if (most.length === 0) return [];
  const list = most
    .slice(0, NAMED)
    .map((each) =>
      line('report.count', { name: areaName(each.area, home), count: { count: each.declared } }),
    );
  return [line('report.communes', { list: { list } })];
};

const alerts = ({ today, open }: Report, pair: (name: string) => Line): readonly Line[] => [
  line('report.alerts', { raised: pair('raised'), ...counts(today.byState) }),
  ...(today.median === null
    ? []
    : [line('report.unclaimed', counts({ median: today.median, longest: today.longest ?? 0 }))]),
  ...(open === undefined || open.longest === null
    ? []
    : [line('report.open', counts({ count: open.count, longest: open.longest }))]),
];

/** People, and what there is beside them: a day on which nobody was sent back does not say so. */
const passed = ({ checkpoint, today, yesterday, ...others }: CountedPassages): Line => {
  const more = (['vehicles', 'sentBack', 'handedOver'] as const).flatMap((what) => {
    const { today: now, yesterday: before } = others[what];
    return now + before === 0 ? [] : [line(`report.passages.${what}`, { count: pairLine(now, before) })];
  });
  const count = { list: [pairLine(today, yesterday), ...more] };
  return line('report.passages', { checkpoint: { named: checkpoint }, count });
};

const elsewhere = ({ passages, campaigns }: Report): readonly Line[] => [
  ...passages.map(passed),
  ...campaigns.map(({ name, day, planned, sent, failed, declared }) =>
    line('report.campaign', { name, day, ...counts({ planned, sent, failed, declared }) }),
  ),
];

/** The report as a message: the main figures, yesterday's to the same hour in brackets. */
export const reportLines = (report: Report, home: string): readonly Line[] => {
  const { day, until, area, today, yesterday, days } = report;
  const pair = pairsOf(report);
  const whole = days.at(-2)?.declared ?? 0;
  const withdrawn = today.withdrawn + yesterday.withdrawn > 0;
  const levels = LEVELS.toReversed().map((level) =>
    line('report.count', { name: figureName(level), count: pair(level) }),
  );
  return [
    line('report.head', { date: { date: day }, place: { place: placeOf(area) } }),
    line('report.span', { until: { time: until } }),
    line('report.declared', { count: pair('declared'), whole: { count: whole } }),
    line('report.entered', { count: pair('entered'), abroad: pair('abroad') }),
    line('report.levels', { list: { list: levels } }),
    ...communes(report, home),
    ...(withdrawn ? [line('report.withdrawn', { count: pair('withdrawn') })] : []),
    ...alerts(report, pair),
    ...elsewhere(report),
  ];
};
