import { Router } from 'express';
import type { Registry } from 'prom-client';

/** Whether a part can do its work; a rejection counts as no. */
export type Check = () => boolean | Promise<boolean>;

const passes = async (check: Check): Promise<boolean> => {
  try {
    return await check();
  } catch {
    return false; // whoever asks learns which part is not ready; the part logs its own error
  }
};

/** For whoever runs the system: alive, ready for work, and the figures. */
export const healthRoutes = (checks: Readonly<Record<string, Check>>, registry: Registry): Router => {
  const routes = Router();
  routes.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  routes.get('/healthz', (_req, res) => {
    res.json({ alive: true });
  });
  routes.get('/readyz', async (_req, res) => {
    const names = Object.keys(checks);
    const results = await Promise.all(Object.values(checks).map(passes));
    const parts = Object.fromEntries(names.map((name, index) => [name, results[index]]));
    res.status(results.every(Boolean) ? 200 : 503).json({ ready: results.every(Boolean), parts });
  });
  routes.get('/metrics', async (_req, res) => {
    res.set('Content-Type', registry.contentType).send(await registry.metrics());
  });
  return routes;
};
