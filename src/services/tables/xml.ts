import { SaxesParser } from 'saxes';
import { TableProblem } from './table.ts';

/** What a reader of XML wants to hear; names are without their prefix. */
export interface Heard {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** A cell holds at most 32,767 characters; so much of anything without an end is an attack or a broken file. */
const MAX_QUIET = 1024 * 1024;

/** Gives XML to a reader piece by piece; yields after each piece, so that what was heard can be taken away. */
export async function* hear(pieces: AsyncIterable<string>, heard: Heard): AsyncGenerator<void> {
  const parser = new SaxesParser();
  let quiet = 0;
  let begun = false;
  parser.on('error', () => {
    throw new TableProblem('list.broken');
  });
  parser.on('opentag', ({ name, attributes }) => {
    quiet = 0;
    heard.open?.(local(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    quiet = 0;
    heard.close?.(local(name));
  });
  parser.on('text', (text) => heard.text?.(text));
  for await (const piece of pieces) {
    begun = true;
    quiet += piece.length;
    parser.write(piece);
    if (quiet > MAX_QUIET + piece.length) throw new TableProblem('list.tooLarge');
    yield;
  }
  if (begun) parser.close();
}

/** The same for a small file, to its end. */
export const hearAll = async (pieces: AsyncIterable<string>, heard: Heard): Promise<void> => {
  for await (const _ of hear(pieces, heard));
};
