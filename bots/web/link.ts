/** Codes only: a link must not put a sentence of its own into somebody's mouth. */
const SAID = /^[A-Za-z0-9-]{1,40}$/;

/** A link to the page with this in the text box. Nothing is sent by opening it: the person does that. */
export const linkSaying = (publicUrl: string, said: string): string | undefined =>
  SAID.test(said) ? `${publicUrl.replace(/\/+$/, '')}/?say=${said}` : undefined;

/** What a link to the page says, if it is something a link may say. */
export const saidBy = ({ say }: { readonly say?: unknown }): string | undefined =>
  typeof say === 'string' && SAID.test(say) ? say : undefined;
