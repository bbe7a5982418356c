import type { Unfinished, Voice } from '../../src/dialogue/flow.ts';
import { type Line, line } from '../../src/dialogue/say.ts';
import type { Json } from '../../src/domain/json.ts';

const textIn = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** Whom somebody has begun to declare for: their name by the card or typed, and their number (E.164) when it was said. */
export const begunFor = ({ answers }: Pick<Unfinished, 'answers'>) => {
  const card = answers['who.card'] as { readonly name?: Json } | string | null | undefined;
  const name = textIn(answers['who.name']) ?? (typeof card === 'object' ? textIn(card?.name) : undefined);
  const phone = textIn(answers['who.phone']);
  return { ...(name !== undefined && { name }), ...(phone !== undefined && { phone }) };
};

/** Of whoever is talked to we say "yours", and their own button says "mine". */
const OWN = { ours: 'declare.about.me', theirs: 'declare.about.me.button' } as const;

/** For whom: by name when that is known, typed or from the card. */
export const aboutOf = ({ params, answers }: Unfinished, voice: Voice): Line => {
  const { name } = begunFor({ answers });
  if (name !== undefined) return line('declare.about.name', { name });
  const whom = answers.whom ?? params.whom;
  if (whom === 'me') return line(OWN[voice]);
  return line(whom === 'other' ? 'declare.about.other' : 'declare.title');
};
