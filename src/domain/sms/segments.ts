/** Characters of GSM 03.38's basic table; those of its extension take two septets. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENDED = '^{}\\[~]|€';

export interface Sms {
  readonly text: string;
  readonly encoding: 'gsm7' | 'ucs2';
  readonly segments: number;
}

const parts = (units: number, single: number, part: number): number =>
  units <= single ? 1 : Math.ceil(units / part);

/** The text as it is sent, and into how many parts it is cut: 160 or 153 septets, 70 or 67 code units each. */
export const smsOf = (raw: string): Sms => {
  const text = raw.normalize('NFC');
  const gsm = [...text].every((char) => BASIC.includes(char) || EXTENDED.includes(char));
  if (!gsm) return { text, encoding: 'ucs2', segments: parts(text.length, 70, 67) };
  const septets = [...text].reduce((sum, char) => sum + (EXTENDED.includes(char) ? 2 : 1), 0);
  return { text, encoding: 'gsm7', segments: parts(septets, 160, 153) };
};
