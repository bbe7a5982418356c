import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parametersOf } from './body.ts';
import { carryOut, type Done, refused } from './desk.ts';
import type { Faults } from './faults.ts';
import { notFound, unauthorized } from './refusal.ts';
import type { Answer, Call, Fault } from './types.ts';
import type { World } from './world.ts';

export interface Kept extends Call {
  answer?: Answer;
}

export interface Line {
  outage: boolean | 'refuse';
  readonly calls: Kept[];
  readonly faults: Faults;
  readonly token: string;
}

const write = (response: ServerResponse, { status, result, description, parameters }: Done): void => {
  const ok = status === 200;
  const body = ok ? { ok, result, description } : { ok, error_code: status, description, parameters };
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
};

/** A token that looks like none is an unknown address; one of another bot is refused. */
const checkToken = (given: string, token: string): void => {
  if (given === token) return;
  throw /^\d+:[\w-]+$/.test(given) ? unauthorized() : notFound();
};

const goneOf = (response: ServerResponse): AbortSignal => {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  return gone.signal;
};

/** Answers as ordered; true where the call is still to be carried out. */
const misbehave = (response: ServerResponse, fault: Fault | undefined, call: Kept): boolean => {
  if (fault === undefined || fault === 'lost') return true;
  if (fault === 'drop') response.destroy();
  else if (fault === 'garbage')
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Service temporarily');
  else if (fault !== 'hang') {
    call.answer = fault;
    write(response, fault);
  }
  return false;
};

const answerCall = async (
  world: World,
  line: Line,
  method: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const params = await parametersOf(request, url);
  const call: Kept = { method, params, at: Date.now() };
  line.calls.push(call);
  const fault = line.faults.take(method, params.chat_id);
  if (!misbehave(response, fault, call)) return;
  const done = await carryOut(world, method, params, goneOf(response));
  call.answer = done;
  if (fault === 'lost') response.destroy();
  else write(response, done);
};

const download = async (world: World, line: Line, path: string, response: ServerResponse): Promise<void> => {
  const fault = line.faults.take('file', undefined);
  const bytes = await world.files.download(path);
  if (bytes === undefined) throw notFound();
  const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length };
  if (fault === 'drop' || fault === 'lost') {
    response.writeHead(200, headers).write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    return;
  }
  if (misbehave(response, fault, { method: 'file', params: {}, at: Date.now() }))
    response.writeHead(200, headers).end(bytes);
};

const answer = async (
  world: World,
  line: Line,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (line.outage === 'refuse') return void response.destroy();
  if (line.outage) return write(response, { status: 502, description: 'Bad Gateway' });
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, kind, token = '', path = ''] =
    /^\/(bot|file\/bot)([^/]+)\/(.+)$/.exec(decodeURI(url.pathname)) ?? [];
  if (kind === undefined) throw notFound();
  checkToken(token, line.token);
  if (kind === 'bot') await answerCall(world, line, path, url, request, response);
  else await download(world, line, path, response);
};

/** Listens on a free port of this machine. A bug of the fake itself is a 500 with its words, never silence. */
export const listen = async (world: World, line: Line): Promise<{ url: string; close(): Promise<void> }> => {
  const server = createServer((request, response) => {
    answer(world, line, request, response)
      .catch((thrown) => write(response, refused(thrown)))
      .catch((bug) => write(response, { status: 500, description: `the fake broke: ${String(bug)}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.close((error) => (error === undefined ? resolve() : reject(error)));
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
};
