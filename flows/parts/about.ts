import type { Unfinished, Voice } from '../../src/dialogue/flow.ts';
import { type Line, line } from '../../src/dialogue/say.ts';
import type { Json } from '../../src/domain/json.ts';

const nameIn = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** Of whoever is talked to we say "yours", and their own button says "mine". */
const OWN = { ours: 'declare.about.me', theirs: 'declare.about.me.button' } as const;

/** For whom: by name when that is known, typed or from the card. */
export const aboutOf = ({ params, answers }: Unfinished, voice: Voice): Line => {
  const card = answers['who.card'] as { readonly name?: Json } | string | null | undefined;
  const name = nameIn(answers['who.name']) ?? (typeof card === 'object' ? nameIn(card?.name) : undefined);
  if (name !== undefined) return line('declare.about.name', { name });
  const whom = answers.whom ?? params.whom;
  if (whom === 'me') return line(OWN[voice]);
  return line(whom === 'other' ? 'declare.about.other' : 'declare.title');
};
