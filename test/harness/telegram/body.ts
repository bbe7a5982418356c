import type { IncomingMessage } from 'node:http';
import { parseMultipart } from './multipart.ts';
import { badRequest, Refusal } from './refusal.ts';

/** Uploads end at 50 MB (Bots FAQ); a little more for what is around the file. */
const LARGEST_BODY = 51 * 1024 * 1024;

const read = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read to the end even so: leaving early would cut the line before the refusal is heard.
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  if (size > LARGEST_BODY) throw new Refusal(413, 'Request Entity Too Large');
  return Buffer.concat(chunks);
};

export const parseJsonObject = (text: string): Record<string, unknown> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest("can't parse request body as a JSON object");
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequest("can't parse request body as a JSON object");
  return value as Record<string, unknown>;
};

const parse = (contentType: string, body: Buffer): Record<string, unknown> => {
  if (body.length === 0) return {};
  if (contentType.startsWith('application/json')) return parseJsonObject(body.toString());
  if (contentType.startsWith('multipart/form-data')) return parseMultipart(contentType, body);
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(body.toString()));
  throw badRequest('unsupported Content-Type of the request body');
};

/** The parameters of a call, from its address and its body. */
export const parametersOf = async (request: IncomingMessage, url: URL): Promise<Record<string, unknown>> => ({
  ...Object.fromEntries(url.searchParams),
  ...parse(request.headers['content-type'] ?? '', await read(request)),
});
