import type { RequestListener } from 'node:http';
import compression from 'compression';
import express, { type Express, Router } from 'express';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { deadline } from './deadline.ts';
import { securityHeaders } from './headers.ts';
import { type Check, healthRoutes } from './health.ts';
import { createHooks, type Hooks } from './hooks.ts';
import { landingRoutes, type VerifyQr } from './landing.ts';
import type { PageKit } from './pages.ts';
import { createErrorHandler, createRefuse, noSuchPage } from './refuse.ts';
import { requestLog } from './request-log.ts';
import { type Listening, listen, SERVER_LIMITS, type ServerLimits } from './server.ts';
import { staticRoutes } from './static.ts';

export interface HttpParts extends PageKit {
  readonly log: Logger;
  readonly registry: Registry;
  readonly publicUrl: string;
  /** Express's `trust proxy`: how many proxies of ours stand before us, or their addresses. */
  readonly trustProxy?: boolean | number | string;
  /** By name, for `/readyz`. */
  readonly checks: Readonly<Record<string, Check>>;
  readonly verifyQr: VerifyQr;
  /** How long an answer may take (ms). */
  readonly answerWithin?: number;
  readonly limits?: Partial<ServerLimits>;
  readonly now?: () => number;
}

export interface Http {
  /** Where platforms post to. */
  readonly hook: Hooks['add'];
  /** Where channels add their routes, before or after `listen`. */
  readonly routes: Router;
  listen(port: number, host?: string): Promise<Listening>;
}

/** Longer than the store waits for its database, so that the store's own answer comes first. */
const ANSWER_WITHIN = 40_000;

const newExpress = (trustProxy: HttpParts['trustProxy']): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', trustProxy ?? false);
  app.set('etag', false); // pages are personal and never kept; files have their version in their address
  return app;
};

/** What is no platform's post is Express's. */
const serving =
  (hooks: Hooks, app: Express): RequestListener =>
  (req, res) =>
    hooks.serve(req, res) || app(req, res);

/**
 * The shell around everything that speaks HTTP: security headers, request ids, time limits, health, the static
 * files, the QR's landing page, and the right answer to whatever goes wrong.
 */
export const createHttp = (parts: HttpParts): Http => {
  const { log, registry, publicUrl, trustProxy, checks, verifyQr, renderer, assets } = parts;
  const { answerWithin = ANSWER_WITHIN, now = Date.now } = parts;
  const kit = { renderer, assets };
  const refuse = createRefuse(kit);
  const app = newExpress(trustProxy);
  const routes = Router();
  const hooks = createHooks({ log, answerWithin });
  app.use(requestLog(log), deadline(answerWithin, refuse), ...securityHeaders(publicUrl));
  app.use(healthRoutes(checks, registry), staticRoutes(assets));
  app.use(compression({ threshold: 512 }));
  app.use(landingRoutes(kit, verifyQr, now), routes);
  app.use(noSuchPage, createErrorHandler(refuse, log));
  return {
    hook: hooks.add,
    routes,
    listen: (port, host) => listen(serving(hooks, app), port, host, { ...SERVER_LIMITS, ...parts.limits }),
  };
};
