import { randomUUID } from 'node:crypto';
import { type RequestHandler, Router } from 'express';
import { isRecord } from './activity.ts';

interface Kept {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly name: string;
  readonly guarded: boolean;
}

/** Files people sent and the bot uploaded. */
export interface Files {
  /** The address of the file; a guarded one is only given to the bot that shows its token. */
  keep(file: Kept): string;
  /** Takes what the bot uploads to a conversation; undefined when it is no file. */
  take(upload: unknown): string | undefined;
  readonly routes: RequestHandler;
}

const uploaded = (upload: unknown): Kept | undefined => {
  if (!isRecord(upload)) return undefined;
  const { type, name, originalBase64 } = upload;
  if (typeof type !== 'string' || typeof originalBase64 !== 'string') return undefined;
  return {
    bytes: Buffer.from(originalBase64, 'base64'),
    type,
    name: typeof name === 'string' ? name : 'file',
    guarded: false,
  };
};

export const createFiles = (home: () => string, trusted: (token: string | undefined) => boolean): Files => {
  const kept = new Map<string, Kept>();
  const put = (file: Kept): string => {
    const id = randomUUID();
    kept.set(id, file);
    return id;
  };
  const routes = Router();
  routes.get('/v3/attachments/:id', (req, res) => {
    const file = kept.get(req.params.id);
    if (file === undefined) return void res.status(404).json({ error: { code: 'NotFound' } });
    const { name, type, bytes } = file;
    res.json({ name, type, views: [{ viewId: 'original', size: bytes.length }] });
  });
  routes.get('/v3/attachments/:id/views/original', (req, res) => {
    const file = kept.get(req.params.id);
    if (file === undefined) return void res.status(404).json({ error: { code: 'NotFound' } });
    const token = req.get('authorization')?.replace(/^Bearer /, '');
    if (file.guarded && !trusted(token))
      return void res.status(401).json({ error: { code: 'Unauthorized' } });
    res.type(file.type).send(Buffer.from(file.bytes));
  });
  return {
    keep: (file) => `${home()}v3/attachments/${put(file)}/views/original`,
    take: (upload) => {
      const file = uploaded(upload);
      return file === undefined ? undefined : put(file);
    },
    routes,
  };
};
