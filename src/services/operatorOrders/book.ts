import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fold } from '../../domain/text.ts';
import { projectRoot } from '../../store/root.ts';

const line = z.string().min(2).max(120);

const operator = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]{1,19}$/),
  /** As people call it. */
  name: line,
  /** Whom the letter is addressed to. */
  to: line,
  /** What else it is called in the figures that come back. */
  also: z.array(z.string().min(2)).default([]),
});

const book = z.strictObject({
  issuer: z.strictObject({
    /** The authority above, the office, and both as they stand within a sentence. */
    over: line,
    office: line,
    officeName: line,
    /** Where the letter is written. */
    place: line,
    /** After the number: "312/SYT-NVY". */
    symbol: line,
    signer: line,
    /** What the letter is about: "V/v …". */
    subject: line,
    /** Sentences of their own at the end of the letter. */
    notes: z.array(z.string().min(2).max(400)),
    /** By when a day's figures are to come. */
    report: line,
    copies: z.array(line),
  }),
  operators: z.array(operator).min(1),
});

export type OrderBook = z.infer<typeof book>;
export type Operator = z.infer<typeof operator>;

/** Who orders and whom from: data (`data/campaign/orders.json`). Throws ZodError. */
export const orderBook = (): OrderBook =>
  book.parse(JSON.parse(readFileSync(join(projectRoot(), 'data', 'campaign', 'orders.json'), 'utf8')));

export const operatorName =
  ({ operators }: OrderBook) =>
  (id: string): string =>
    operators.find((one) => one.id === id)?.name ?? id;

const bare = (text: string): string => fold(text).replace(/[^a-z0-9]/g, '');

/** The operator that a cell, a sheet or somebody at the keyboard names. */
export const operatorCalled = ({ operators }: OrderBook, text: string): Operator | undefined => {
  const called = bare(text);
  return operators.find(({ id, name, also }) => [id, name, ...also].some((one) => bare(one) === called));
};
