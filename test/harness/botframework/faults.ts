import type { RequestHandler, Response } from 'express';

/** An answer nobody wants: a refusal, a connection that is cut, or one that never says anything. */
export type Failure =
  | {
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | 'drop'
  | 'hang';

/** Which requests fail: what the bot sends, the token it asks for, the files it fetches, or the signing keys. */
export type Place = 'send' | 'token' | 'file' | 'keys';

export interface Faults {
  fail(failure: Failure, times?: number, place?: Place): void;
  /** Forgets what was still to come, and refuses for good what hangs: nobody comes again with it, amid another test. */
  heal(): void;
  /** How many requests were left without an answer. */
  hanging(): number;
  readonly routes: RequestHandler;
}

const placeOf = (method: string, path: string): Place => {
  if (path.includes('/.well-known/')) return 'keys';
  if (path.endsWith('/oauth2/v2.0/token')) return 'token';
  return method === 'GET' ? 'file' : 'send';
};

const named = (status: number) => ({ error: { code: `Made${status}`, message: 'made to fail by the test' } });

export const createFaults = (): Faults => {
  let armed: { readonly failure: Failure; readonly place: Place; left: number }[] = [];
  let hanging = 0;
  const hung = new Set<Response>();
  const take = (place: Place): Failure | undefined => {
    const found = armed.find((one) => one.place === place);
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) armed = armed.filter((one) => one !== found);
    return found.failure;
  };
  return {
    fail: (failure, times = 1, place = 'send') => void armed.push({ failure, place, left: times }),
    heal: () => {
      armed = [];
      for (const res of hung) res.status(400).json(named(400));
    },
    hanging: () => hanging,
    routes: (req, res, next) => {
      const failure = take(placeOf(req.method, req.path));
      if (failure === undefined) return next();
      if (failure === 'hang') {
        hanging += 1;
        hung.add(res);
        return void res.once('close', () => hung.delete(res));
      }
      if (failure === 'drop') return void req.socket.destroy();
      res.status(failure.status).set({ ...failure.headers });
      res.json(failure.body ?? named(failure.status));
    },
  };
};
