import type { Declared, Means } from '../declaration.ts';
import { covers } from '../roster.ts';
import type { Audience } from './campaign.ts';

/** What is known of somebody a campaign may be for. */
export interface RecipientFacts {
  /** Where they stay, or live: an area path. Not known: absent. */
  readonly area?: string;
  readonly means?: Means;
  readonly plate?: string;
  /** Plates of the vehicles in which others came whom they declared for; absent where nobody asked. */
  readonly carries?: readonly string[];
  /** Has a declaration that is good now. */
  readonly declared: boolean;
}

/** The number plate somebody came with: what stands for a flight or a train is none. */
export const plateOf = ({ means, vehicle }: Declared['trip']): string | undefined =>
  means === 'aircraft' || means === 'train' ? undefined : vehicle;

const withPlate = (plates: readonly string[], plate: string | undefined): boolean =>
  plate !== undefined && (plates.length === 0 || plates.includes(plate));

/** Whether a campaign is for somebody. Whoever is known only by their number in a list belongs to that list alone. */
export const belongs = (audience: Audience, facts: RecipientFacts): boolean => {
  const { area, means, plate, carries = [], declared } = facts;
  switch (audience.kind) {
    case 'all':
      return true;
    case 'notDeclared':
      return !declared;
    case 'communes':
      return area !== undefined && audience.areas.some((wanted) => covers(wanted, area));
    case 'means':
      return means !== undefined && audience.means.includes(means);
    case 'vehicles':
      return withPlate(audience.plates, plate);
    case 'operators':
      return carries.some((one) => withPlate(audience.plates, one));
    case 'list':
      return false;
  }
};
