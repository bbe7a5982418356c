import { clean } from '../../domain/text.ts';

export interface PhoneList {
  readonly accepted: readonly { readonly row: number; readonly phone: string }[];
  readonly rejected: readonly { readonly row: number; readonly reason: string }[];
}

/** A Vietnamese number in any writing as E.164; null when it is none. */
const phoneOf = (cell: string): string | null => {
  const digits = clean(cell).replace(/[\s.()-]/g, '');
  const match = /^(?:\+?84|0)([35789]\d{8})$/.exec(digits);
  return match === null ? null : `+84${match[1]}`;
};

/** Reads a list of phone numbers, one in the first column of each row. */
export const readPhoneList = async (file: {
  readonly name: string;
  readonly bytes: Buffer;
}): Promise<PhoneList> => {
  const rows = file.bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  const seen = new Set<string>();
  const accepted: { row: number; phone: string }[] = [];
  const rejected: { row: number; reason: string }[] = [];
  for (const [n, text] of rows.entries()) {
    if (text.trim() === '') continue;
    const phone = phoneOf(text.split(/[,;\t]/)[0]?.replaceAll('"', '') ?? '');
    if (phone === null) rejected.push({ row: n + 1, reason: 'not-a-phone' });
    else if (seen.has(phone)) rejected.push({ row: n + 1, reason: 'twice' });
    else accepted.push({ row: n + 1, phone });
    if (phone !== null) seen.add(phone);
  }
  return { accepted, rejected };
};
