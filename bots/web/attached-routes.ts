import type { Request, RequestHandler, Router } from 'express';
import type { Attachments, Reader } from '../../src/delivery/attachments.ts';
import type { Letter } from '../../src/delivery/letter.ts';
import type { Image, Say } from '../../src/dialogue/say.ts';
import { Refusal } from '../../web/refusal.ts';

export interface AttachedParts {
  readonly attachments: Attachments;
  /** The browser's own letters, and its address. @throws Refusal 401 for a browser without a session */
  readonly letters: (
    req: Request,
  ) => Promise<{ readonly address: string; readonly letters: readonly Letter[] }>;
}

type Named = Request<{ name: string }>;

/** The name is the letter's: somebody else's letter is not among one's own, and so there is no such thing. */
const NAME = /^([\w.:~-]{1,200})\.(?:png|xlsx|csv)$/;
const gone = (): Refusal => new Refusal(404, 'not-found');

/** What a browser's own messages carry: the QR, the chart and the file of a report. */
export const addAttachedRoutes = (
  http: Router,
  limit: RequestHandler,
  { attachments, letters: lettersFor }: AttachedParts,
): void => {
  const find = async (req: Named): Promise<{ readonly say: Say; readonly reader: Reader }> => {
    const id = NAME.exec(req.params.name)?.[1];
    const { address, letters } = await lettersFor(req as unknown as Request);
    const letter = letters.find((each) => each.id === id);
    if (letter?.say === undefined) throw gone();
    return { say: letter.say, reader: { address, lang: letter.lang } };
  };

  /** @param cache What may be kept by the browser and for how long: whoever may read it now may not tomorrow. */
  const image =
    (kind: Image['kind'], cache: string): RequestHandler<{ name: string }> =>
    async (req, res) => {
      const { say, reader } = await find(req);
      const png = say.image?.kind === kind ? await attachments.image(say.image, reader) : null;
      if (png === null) throw gone();
      res.set('Cache-Control', cache).type('png').send(png);
    };

  const file: RequestHandler<{ name: string }> = async (req, res) => {
    const { say, reader } = await find(req);
    const found = say.file && (await attachments.file(say.file, reader));
    if (!found) throw gone();
    res.set('Cache-Control', 'no-store').type(found.type).attachment(found.name).send(found.bytes);
  };

  // The token in a QR is made anew each time; ten minutes save the phone a second load.
  http.get('/qr/:name', limit, image('qr', 'private, max-age=600'));
  http.get('/chart/:name', limit, image('chart', 'no-store'));
  http.get('/file/:name', limit, file);
};
