import type { Request } from 'express';
import { createLimit, type Limit, limitKey } from '../../web/limit.ts';
import { Refusal } from '../../web/refusal.ts';
import type { RawRequest } from '../port.ts';
import type { WebLimits } from './parts.ts';
import type { Session, Sessions } from './session.ts';

/** Who may do how much. Every request passes here before anything is read for it. */
export interface Guard {
  address(req: Request): Promise<void>;
  message: Limit;
  photo: Limit;
  /** @throws Refusal 401 for a browser without one */
  session(req: Request): Session;
}

/** Node joins repeated headers, except `set-cookie`, which no browser sends. */
export const headersOf = (req: Request): RawRequest['headers'] => req.headers as RawRequest['headers'];

export const createGuard = (sessions: Sessions, limits: WebLimits): Guard => {
  const address = createLimit(limits.address);
  return {
    address: (req) => address(limitKey(req.ip)),
    message: createLimit(limits.session),
    photo: createLimit(limits.photo),
    session: (req) => {
      const session = sessions.read(req.headers.cookie);
      if (session === undefined) throw new Refusal(401, 'no-session');
      return session;
    },
  };
};
