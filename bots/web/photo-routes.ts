import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { Refusal } from '../../web/refusal.ts';
import { headersOf } from './guard.ts';
import { countAddress, createHand, isForm, messageOf, type PostParts } from './hand.ts';
import { looksLikePhoto, MOST_PHOTO, type Room } from './photos.ts';

/** Boundaries and headers around the photo in a plain form. */
const FORM_ROOM = 8 * 1024;

interface PhotoBody {
  readonly deliveryId: unknown;
  readonly photo: Uint8Array;
}

/** The photo in a plain form's body; a form without one is a bad request. */
const photoInForm = async (req: Request): Promise<PhotoBody> => {
  const type = { headers: { 'content-type': req.headers['content-type'] ?? '' } };
  const fields = await new globalThis.Response(req.body as Buffer, type)
    .formData()
    .catch((cause: unknown) => {
      throw new Refusal(400, 'bad-request', undefined, { cause });
    });
  const file = fields.get('photo');
  if (file === null || typeof file === 'string') throw new Refusal(400, 'bad-request');
  return { deliveryId: fields.get('deliveryId'), photo: new Uint8Array(await file.arrayBuffer()) };
};

const photoBody = async (req: Request): Promise<PhotoBody> => {
  if (!Buffer.isBuffer(req.body)) throw new Refusal(415, 'unsupported-type');
  const bare = { deliveryId: req.headers['x-delivery-id'], photo: req.body };
  const body = isForm(req) ? await photoInForm(req) : bare;
  if (body.photo.length > MOST_PHOTO) throw new Refusal(413, 'too-large');
  if (!looksLikePhoto(body.photo)) throw new Refusal(415, 'not-a-photo');
  return body;
};

/** Photos: the bare bytes from the script, a multipart form from the plain page. */
export const addPhotoRoute = (http: Router, { web, guard, photos, door, receive }: PostParts): void => {
  const hand = createHand(web, door);
  const rooms = new WeakMap<Response, Room>();

  /** Takes room for the photo before it is received, so that many at once cannot fill the memory. */
  const room: RequestHandler = async (req, res, next) => {
    await guard.photo(guard.session(req).address);
    const announced = Number(req.headers['content-length'] ?? MOST_PHOTO);
    if (announced > MOST_PHOTO + FORM_ROOM) throw new Refusal(413, 'too-large');
    const taken = photos.reserve(announced);
    rooms.set(res, taken);
    res.on('close', taken.giveBack);
    next();
  };

  const post: RequestHandler = async (req, res) => {
    const body = await photoBody(req);
    const message = messageOf(await receive({ headers: headersOf(req), body }));
    if (message.event.type === 'photo') rooms.get(res)?.fill(message.event.ref, body.photo);
    await hand(req, res, message);
  };

  const type = ['image/*', 'multipart/form-data'];
  const bytes = express.raw({ limit: MOST_PHOTO + FORM_ROOM, inflate: false, type });
  http.post('/chat/photo', countAddress(guard), room, bytes, post);
};
