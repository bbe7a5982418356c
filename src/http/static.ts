import { Router } from 'express';
import type { Assets } from '../../web/assets.ts';
import { Refusal } from '../../web/refusal.ts';

const FOR_EVER = 'public, max-age=31536000, immutable';

/** The static files, by name out of a table: there is no path to the disk that a request could bend. */
export const staticRoutes = (assets: Assets): Router => {
  const routes = Router();
  routes.get('/assets/:version/:name', (req, res) => {
    const { version, name } = req.params;
    const asset = assets.find(name);
    if (asset === undefined) throw new Refusal(404, 'not-found');
    const encoding = req.acceptsEncodings(['br', 'gzip']) || 'identity';
    const body = asset.bodies[encoding as keyof typeof asset.bodies];
    // During a rollout a page of the other release may ask here: it gets this release's file, but not for ever.
    res.set('Cache-Control', version === assets.version ? FOR_EVER : 'no-cache');
    res.set({ 'Content-Type': asset.type, Vary: 'Accept-Encoding', 'Content-Length': String(body.length) });
    if (encoding !== 'identity') res.set('Content-Encoding', encoding);
    res.end(body);
  });
  return routes;
};
