import { Command } from 'commander';
import { CATALOGUES } from '../../locales/index.ts';
import { createRenderer, type Renderer } from '../dialogue/render.ts';
import { dayOf, daysBetween } from '../domain/day.ts';
import { RETENTION_DAYS } from '../domain/declaration.ts';
import { LANGS, type Lang } from '../domain/lang.ts';
import { reportOf } from '../domain/report/figures.ts';
import type { Report } from '../domain/report/report.ts';
import { covers } from '../domain/roster.ts';
import { drawChart } from '../services/report/chart.ts';
import { countDay } from '../services/report/count.ts';
import { keptReport } from '../services/report/keep.ts';
import { reportLines } from '../services/report/lines.ts';
import { writeWorkbook } from '../services/report/workbook.ts';
import type { CliParts, RunWith } from './parts.ts';
import { CommandProblem } from './problem.ts';
import { readDay, readPlace } from './read.ts';
import { written } from './written.ts';

export interface Wanted {
  readonly day?: string;
  readonly whole?: true;
  readonly area?: string;
  readonly out?: string;
  readonly chart?: string;
  readonly lang: string;
}

const readLang = (text: string): Lang => {
  const lang = LANGS.find((one) => one === text);
  if (lang === undefined) throw new CommandProblem(`--lang is one of ${LANGS.join(', ')}.`);
  return lang;
};

const rendererOf = ({ gazetteer }: CliParts): Renderer =>
  createRenderer({ catalogues: CATALOGUES, placeName: (code, lang) => gazetteer.name(code, lang, 'full') });

/** The report of a day that lies behind as it was sent; else, and where the whole day is wanted, counted now. */
const reportFor = async (parts: CliParts, day: string, area: string, whole: boolean): Promise<Report> => {
  const { database, home, now } = parts;
  const { collections } = database;
  const today = dayOf(now);
  if (day > today) throw new CommandProblem(`${day} has not begun.`);
  const kept = day < today && !whole ? await keptReport({ collections, home }, day, area) : null;
  if (kept !== null) return kept;
  if (daysBetween(day, today) >= RETENTION_DAYS)
    throw new CommandProblem(
      `Declarations are kept for ${RETENTION_DAYS} days: ${day} cannot be counted any more.`,
    );
  return reportOf(await countDay({ collections, home }, day, now), area, home);
};

const areaFor = (parts: CliParts, text: string | undefined): string => {
  const area = text === undefined ? parts.home : readPlace(text, parts).path;
  if (!covers(parts.home, area))
    throw new CommandProblem('A report is of the province or of one of its communes.');
  return area;
};

/** Prints a report, and writes its file and its chart. */
const show = async (parts: CliParts, given: Wanted): Promise<string> => {
  const lang = readLang(given.lang);
  const day = given.day === undefined ? dayOf(parts.now) : readDay(given.day, parts.now);
  const report = await reportFor(parts, day, areaFor(parts, given.area), given.whole === true);
  const renderer = rendererOf(parts);
  const said = reportLines(report, parts.home).map((each) => renderer.line(lang, each));
  if (given.out !== undefined)
    await written(given.out, await writeWorkbook(renderer, lang, report, parts.home));
  if (given.chart !== undefined) await written(given.chart, await drawChart(renderer, lang, report));
  return said.join('\n');
};

/** `khaibao report` */
export const reportCommand = (run: RunWith): Command =>
  new Command('report')
    .description('the figures of a day: declared, entered, by risk, by commune, alerts')
    .option('--day <day>', '"2026-11-26" or 26/11; today so far without it')
    .option('--whole', 'the whole of a day that was reported at half past four')
    .option('--area <place>', 'a commune; the whole province without it')
    .option('--out <file>', 'write them as an XLSX')
    .option('--chart <file>', 'write the chart as a PNG')
    .option('--lang <lang>', LANGS.join(', '), 'vi')
    .action((given: Wanted) => run((parts) => show(parts, given)));
