/** What can be stored: JSON and nothing else, so that state survives a restart byte for byte. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
