import { badRequest } from './refusal.ts';
import type { Upload } from './types.ts';

const BLANK_LINE = Buffer.from('\r\n\r\n');

const boundaryOf = (contentType: string): string => {
  const found = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = found?.[1] ?? found?.[2];
  if (boundary === undefined) throw badRequest('boundary of multipart/form-data is missing');
  return boundary;
};

const between = (body: Buffer, boundary: string): Buffer[] => {
  const mark = Buffer.from(`\r\n--${boundary}`);
  // The first boundary has no line before it; putting one there makes all of them alike.
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  const parts: Buffer[] = [];
  for (let at = whole.indexOf(mark); at !== -1; ) {
    const from = at + mark.length;
    if (whole.subarray(from, from + 2).toString() === '--') return parts;
    const next = whole.indexOf(mark, from);
    if (next === -1) break;
    parts.push(whole.subarray(from + 2, next));
    at = next;
  }
  throw badRequest('multipart/form-data is not closed');
};

const quoted = (head: string, name: string): string | undefined =>
  new RegExp(`[;\\s]${name}="([^"]*)"`, 'i').exec(head)?.[1];

/** Fields as text, files as `{ filename, bytes }`. */
export const parseMultipart = (contentType: string, body: Buffer): Record<string, unknown> => {
  const fields: Record<string, unknown> = {};
  for (const part of between(body, boundaryOf(contentType))) {
    const split = part.indexOf(BLANK_LINE);
    const head = part.subarray(0, split).toString();
    const name = quoted(head, 'name');
    if (split === -1 || name === undefined) throw badRequest('a part of multipart/form-data has no name');
    const bytes = part.subarray(split + BLANK_LINE.length);
    const filename = quoted(head, 'filename');
    const file: Upload | undefined = filename === undefined ? undefined : { filename, bytes };
    fields[name] = file ?? bytes.toString();
  }
  return fields;
};
