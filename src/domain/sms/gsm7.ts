/**
 * The letters of 3GPP TS 23.038 (GSM 03.38), default alphabet, row by row of its table. Of Vietnamese it has only
 * à è é ì ò ù: with any other marked letter the whole message is sent in UCS-2.
 */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);

/** The extension table: each is written as an escape and one more septet. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** How many septets a character takes, 1 or 2; undefined when the alphabet does not have it. */
export const septets = (char: string): 1 | 2 | undefined => {
  if (BASIC.has(char)) return 1;
  return EXTENDED.has(char) ? 2 : undefined;
};
