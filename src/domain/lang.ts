/** The languages every sentence exists in. Vietnamese first: it is what people get unless they choose. */
export const LANGS = ['vi', 'en'] as const;
export type Lang = (typeof LANGS)[number];
