import type { Lang } from '../domain/lang.ts';
import type { Line, Value } from './say.ts';

/** Sentences by key; `{name}` stands for a value. */
export type Catalogue = Readonly<Record<string, string>>;

export interface Renderer {
  line(lang: Lang, line: Line): string;
  value(lang: Lang, value: Value): string;
}

export interface RendererParts {
  readonly catalogues: Readonly<Record<Lang, Catalogue>>;
  /** Name of a place by its official code. */
  readonly placeName: (code: string, lang: Lang) => string;
}

/** Vietnam has one time zone and no daylight saving: UTC+7. */
const OFFSET_MS = 7 * 3_600_000;

const ON: Record<Lang, string> = { vi: 'ngày', en: 'on' };

/** ms since 1970 → "23:59 ngày 26/11"; the year is clear from when it is read. */
const writeTime = (at: number, lang: Lang): string => {
  const iso = new Date(at + OFFSET_MS).toISOString();
  return `${iso.slice(11, 16)} ${ON[lang]} ${Number(iso.slice(8, 10))}/${Number(iso.slice(5, 7))}`;
};

/** '1990-03-15' → '15/3/1990'; a year alone stays a year. The order is the one Vietnam writes, in both languages. */
const writeDate = (iso: string): string => {
  const [year, month, day] = iso.split('-');
  return month === undefined || day === undefined ? `${year}` : `${Number(day)}/${Number(month)}/${year}`;
};

/** One decimal, as thermometers show it: "38,0" in Vietnamese. */
const writeDegrees = (degrees: number, lang: Lang): string => {
  const written = degrees.toFixed(1);
  return lang === 'vi' ? written.replace('.', ',') : written;
};

/** 440000000 → "440.000.000" in Vietnamese, "440,000,000" in English. */
const writeCount = (count: number, lang: Lang): string =>
  String(count).replace(/\B(?=(?:\d{3})+$)/g, lang === 'vi' ? '.' : ',');

/** Turns stored lines into sentences of one language, as late as possible. */
export const createRenderer = ({ catalogues, placeName }: RendererParts): Renderer => {
  const line = (lang: Lang, { key, values }: Line): string => {
    const sentence = catalogues[lang][key];
    if (sentence === undefined) throw new Error(`no sentence for ${key} in ${lang}`);
    return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => {
      const given = values?.[name];
      return given === undefined ? hole : value(lang, given);
    });
  };
  const value = (lang: Lang, given: Value): string => {
    if (typeof given === 'string') return given;
    if (typeof given === 'number') return String(given);
    if ('key' in given) return line(lang, given);
    if ('date' in given) return writeDate(given.date);
    if ('time' in given) return writeTime(given.time, lang);
    if ('place' in given) return placeName(given.place, lang);
    if ('degrees' in given) return writeDegrees(given.degrees, lang);
    if ('count' in given) return writeCount(given.count, lang);
    if ('named' in given) return given.named[lang];
    return given.list.map((item) => value(lang, item)).join(', ');
  };
  return { line, value };
};
