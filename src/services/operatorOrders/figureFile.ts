import { type Counts, type Figure, figureKey, sameCounts, totalOf } from '../../domain/operatorFigures.ts';
import type { Problem } from '../../domain/parsed.ts';
import { rowsOf } from '../tables/rows.ts';
import type { TableFile, TableRow } from '../tables/table.ts';
import { type Columns, columnsOf, isTotal } from './figureColumns.ts';
import { countsOf, type Reading, readRow } from './figureRow.ts';

export interface Rejected {
  readonly sheet?: string;
  readonly row: number;
  readonly why: Problem;
}

export interface FigureFile {
  readonly figures: readonly Figure[];
  readonly rejected: readonly Rejected[];
  /** Rows of totals that are not the sum of what stands above them. */
  readonly doubts: readonly Rejected[];
}

const placeOf = ({ sheet, row }: TableRow) => (sheet === undefined ? { row } : { sheet, row });

interface Placed {
  readonly place: ReturnType<typeof placeOf>;
  readonly figure: Figure;
}

/** Those of one operator's day: the same said again is left out, two that differ are neither believed. */
const ofOneDay = ([first, ...more]: readonly [Placed, ...Placed[]]): Pick<
  FigureFile,
  'figures' | 'rejected'
> => {
  const agree = more.every(({ figure }) => sameCounts(figure, first.figure));
  const key = agree ? 'order.row.twice' : 'order.row.differs';
  const left = agree ? more : [first, ...more];
  const other = (at: Placed) => (at === first ? more[0] : first)?.place.row ?? 0;
  return {
    figures: agree ? [first.figure] : [],
    rejected: left.map((at) => ({ ...at.place, why: { key, values: { row: other(at) } } })),
  };
};

const oncePerDay = (placed: readonly Placed[]): readonly Pick<FigureFile, 'figures' | 'rejected'>[] => {
  const groups = new Map<string, [Placed, ...Placed[]]>();
  for (const at of placed) {
    const group = groups.get(figureKey(at.figure));
    if (group === undefined) groups.set(figureKey(at.figure), [at]);
    else group.push(at);
  }
  return [...groups.values()].map(ofOneDay);
};

/** Takes the rows of one sheet after the other; every one is a heading, a figure, a total, or rejected. */
class Taking {
  readonly placed: Placed[] = [];
  readonly rejected: Rejected[] = [];
  readonly doubts: Rejected[] = [];
  readonly #reading: Reading;
  #sheet: string | undefined;
  #columns: Columns | undefined;
  /** What stands above the heading, should there be one. */
  #above: TableRow[] = [];
  #since: Counts[] = [];

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  take(row: TableRow): void {
    if (row.sheet !== this.#sheet) this.end();
    this.#sheet = row.sheet;
    if (row.hidden) this.#reject(row, { key: 'list.reason.hidden' });
    else if (this.#columns === undefined) this.#look(row);
    else if (isTotal(row)) this.#compare(row, this.#columns);
    else this.#read(row, this.#columns);
  }

  /** A sheet is over: without a heading nobody knows what its numbers are. */
  end(): void {
    if (this.#columns === undefined)
      for (const row of this.#above) this.#reject(row, { key: 'order.row.noHeading' });
    [this.#columns, this.#above, this.#since] = [undefined, [], []];
  }

  #look(row: TableRow): void {
    this.#columns = columnsOf(row);
    this.#above.push(row);
  }

  #read(row: TableRow, columns: Columns): void {
    const read = readRow(row, columns, this.#reading);
    if ('why' in read) return this.#reject(row, read.why);
    this.#since.push(read.figure);
    this.placed.push({ place: placeOf(row), figure: read.figure });
  }

  #compare(row: TableRow, columns: Columns): void {
    const said = countsOf(row, columns);
    const total = totalOf(this.#since);
    if (said === undefined || !sameCounts(said, total))
      this.doubts.push({
        ...placeOf(row),
        why: { key: 'order.row.total', values: { said: said?.sent ?? '?', sum: total.sent } },
      });
  }

  #reject(row: TableRow, why: Problem): void {
    this.rejected.push({ ...placeOf(row), why });
  }
}

/** The figures of a CSV or Excel file, and every row that is none with its reason. Throws TableProblem. */
export const readFigures = async (file: TableFile, reading: Reading): Promise<FigureFile> => {
  const taking = new Taking(reading);
  for await (const row of rowsOf(file)) taking.take(row);
  taking.end();
  const once = oncePerDay(taking.placed);
  return {
    figures: once.flatMap(({ figures }) => figures),
    rejected: [...taking.rejected, ...once.flatMap(({ rejected }) => rejected)],
    doubts: taking.doubts,
  };
};
