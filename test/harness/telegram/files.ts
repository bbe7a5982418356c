import { randomBytes } from 'node:crypto';
import { type ImageSize, imageSize, sizesOf } from './image.ts';
import { badRequest } from './refusal.ts';
import type { Upload } from './types.ts';
import type { Document, PhotoSize } from './wire.ts';

/** getFile ends at 20 MB (Bots FAQ). */
const LARGEST_DOWNLOAD = 20 * 1024 * 1024;
/** sendPhoto: 10 MB, width and height together at most 10,000, ratio at most 20 (Bot API, sendPhoto). */
const LARGEST_PHOTO = 10 * 1024 * 1024;
const LARGEST_SIDES = 10_000;
const LARGEST_RATIO = 20;

interface Kept {
  readonly id: string;
  readonly unique: string;
  readonly path: string;
  readonly upload: Upload;
  /** A size smaller than what was sent is made when somebody fetches it. */
  readonly shrink?: ImageSize;
  readonly photo?: readonly PhotoSize[];
  readonly document?: Document;
}

const token = (bytes: number): string => randomBytes(bytes).toString('base64url');

const checkPhoto = (bytes: Uint8Array): ImageSize => {
  if (bytes.length === 0) throw badRequest('file must be non-empty');
  if (bytes.length > LARGEST_PHOTO)
    throw badRequest(
      `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${LARGEST_PHOTO} bytes`,
    );
  const size = imageSize(bytes);
  if (size === undefined) throw badRequest('IMAGE_PROCESS_FAILED');
  const ratio = Math.max(size.width / size.height, size.height / size.width);
  if (size.width + size.height > LARGEST_SIDES || ratio > LARGEST_RATIO)
    throw badRequest('PHOTO_INVALID_DIMENSIONS');
  return size;
};

export const createFiles = () => {
  const byId = new Map<string, Kept>();
  const byPath = new Map<string, Kept>();

  const keep = (kept: Kept): Kept => {
    byId.set(kept.id, kept);
    byPath.set(kept.path, kept);
    return kept;
  };

  const addPhoto = (upload: Upload): readonly PhotoSize[] => {
    const whole = checkPhoto(upload.bytes);
    const photo: PhotoSize[] = [];
    for (const size of sizesOf(whole)) {
      const largest = size.width === whole.width || size.width === 1280 || size.height === 1280;
      const id = `AgAC${token(40)}`;
      const unique = `AQAD${token(9)}`;
      const path = `photos/file_${byId.size}.jpg`;
      keep({ id, unique, path, upload, photo, ...(largest ? {} : { shrink: size }) });
      const bytes = largest ? { file_size: upload.bytes.length } : {};
      photo.push({ file_id: id, file_unique_id: unique, ...size, ...bytes });
    }
    return photo;
  };

  const addDocument = (upload: Upload, mime: string): Document => {
    if (upload.bytes.length === 0) throw badRequest('file must be non-empty');
    const id = `BQAC${token(40)}`;
    const unique = `AgAD${token(9)}`;
    const document: Document = {
      file_id: id,
      file_unique_id: unique,
      file_name: upload.filename,
      mime_type: mime,
      file_size: upload.bytes.length,
    };
    keep({ id, unique, path: `documents/file_${byId.size}`, upload, document });
    return document;
  };

  const find = (id: string): Kept => {
    const kept = byId.get(id);
    if (kept === undefined) throw badRequest('wrong file identifier/HTTP URL specified');
    return kept;
  };

  const info = (id: string): object => {
    const kept = byId.get(id);
    if (kept === undefined) throw badRequest('wrong file_id or the file is temporarily unavailable');
    const { unique, path, upload, shrink } = kept;
    if (upload.bytes.length > LARGEST_DOWNLOAD) throw badRequest('file is too big');
    const size = shrink === undefined ? { file_size: upload.bytes.length } : {};
    return { file_id: id, file_unique_id: unique, ...size, file_path: path };
  };

  const download = async (path: string): Promise<Uint8Array | undefined> => {
    const kept = byPath.get(path);
    if (kept?.shrink === undefined) return kept?.upload.bytes;
    const { default: sharp } = await import('sharp');
    return sharp(kept.upload.bytes).resize(kept.shrink.width, kept.shrink.height).jpeg().toBuffer();
  };

  return { addPhoto, addDocument, find, info, download };
};

export type Files = ReturnType<typeof createFiles>;
