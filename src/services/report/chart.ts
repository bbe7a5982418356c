import type { Renderer } from '../../dialogue/render.ts';
import { line } from '../../dialogue/say.ts';
import { LEVELS, type Level } from '../../domain/declaration.ts';
import type { Lang } from '../../domain/lang.ts';
import { type Bar, barsOf } from '../../domain/report/bars.ts';
import type { Report } from '../../domain/report/report.ts';
import { placeOf } from '../staff/record.ts';
import { type Letters, openLetters, type Text } from './letters.ts';

/** Sharp over the width of a cheap phone (360 points, two pixels each), and some ten kilobytes over 2G. */
const CHART = { width: 720, height: 640 } as const;
/** Days a small screen has room for; the file has all fourteen. */
const SHOWN = 7;
const BOX = { x: 16, y: 178, width: 688, height: 314 } as const;

/** Told apart without colours too: each is darker than the one below it. */
export const COLOURS: Readonly<Record<Level, string>> = {
  low: '#9ad3ae',
  moderate: '#f2c14e',
  high: '#e2711d',
  critical: '#9b1b30',
};
const INK = '#1c1a19';
const SOFT = '#5f5b57';

type Draw = (words: string, text: Text, colour?: string) => string;

/** A whole number with its thousands apart, as in the message. */
type Count = (count: number) => string;

/** 'YYYY-MM-DD' → '26/11'. */
const shortDay = (day: string): string => `${Number(day.slice(8))}/${Number(day.slice(5, 7))}`;

const FOOT = `<path d="M${BOX.x} ${BOX.y + BOX.height}h${BOX.width}" stroke="${SOFT}" stroke-width="2"/>`;

const barOf = ({ day, declared, parts, x, top }: Bar, grave: number, draw: Draw, count: Count): string => {
  const boxes = parts.map(
    (part) =>
      `<rect x="${part.x}" y="${part.y}" width="${part.width}" height="${part.height}" fill="${COLOURS[part.level]}"/>`,
  );
  const middle = { x, anchor: 'middle' } as const;
  const foot = BOX.y + BOX.height;
  return [
    ...boxes,
    draw(count(declared), { ...middle, y: top - 8, size: 27, weight: 700 }),
    draw(shortDay(day), { ...middle, y: foot + 32, size: 25 }),
    grave > 0 ? draw(count(grave), { ...middle, y: foot + 66, size: 27, weight: 700 }, COLOURS.critical) : '',
  ].join('');
};

/** The gravest first, as in the message; two in a row. */
const legendOf = (word: (key: string) => string, draw: Draw): string =>
  LEVELS.toReversed()
    .map((level, index) => {
      const [x, y] = [24 + (index % 2) * 348, 62 + Math.floor(index / 2) * 36];
      const box = `<rect x="${x}" y="${y}" width="26" height="26" fill="${COLOURS[level]}"/>`;
      return box + draw(word(`level.${level}`), { x: x + 36, y: y + 21, size: 26 });
    })
    .join('');

const svgOf = (report: Report, lang: Lang, renderer: Renderer, letters: Letters): string => {
  const draw: Draw = (words, text, colour = INK) => `<path d="${letters(words, text)}" fill="${colour}"/>`;
  const word = (key: string, values = {}): string => renderer.line(lang, line(key, values));
  const number: Count = (count) => renderer.value(lang, { count });
  const days = report.days.slice(-SHOWN);
  const { width, height } = CHART;
  const title = word('report.chart.title', { place: { place: placeOf(report.area) } });
  const grave = days.map(({ byLevel }) => byLevel.high + byLevel.critical);
  const drawn = [
    draw(title, { x: 24, y: 42, size: title.length > 40 ? 26 : 32, weight: 700 }),
    legendOf(word, draw),
    ...barsOf(days, BOX).map((bar, index) => barOf(bar, grave[index] ?? 0, draw, number)),
    FOOT,
    draw(word('report.chart.grave'), { x: 24, y: height - 46, size: 24 }, COLOURS.critical),
    draw(
      word('report.chart.until', { until: { time: report.until } }),
      { x: 24, y: height - 14, size: 24 },
      SOFT,
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#fff"/>${drawn.join('')}</svg>`;
};

/** The declarations of the last days by risk, as a PNG. */
export const drawChart = async (renderer: Renderer, lang: Lang, report: Report): Promise<Buffer> => {
  const [letters, { default: sharp }] = await Promise.all([openLetters(), import('sharp')]);
  const svg = svgOf(report, lang, renderer, letters);
  return sharp(Buffer.from(svg)).png({ palette: true, colours: 64, effort: 7 }).toBuffer();
};
