import type { Means } from '../declaration.ts';
import { covers } from '../roster.ts';
import type { Audience } from './campaign.ts';

/** What is known of somebody a campaign may be for. */
export interface RecipientFacts {
  /** Where they stay, or live: an area path. Not known: absent. */
  readonly area?: string;
  readonly means?: Means;
  readonly plate?: string;
  /** Has a declaration that is good now. */
  readonly declared: boolean;
}

const withPlate = (plates: readonly string[], plate: string | undefined): boolean =>
  plate !== undefined && (plates.length === 0 || plates.includes(plate));

/** Whether a campaign is for somebody. Whoever is known only by their number in a list belongs to that list alone. */
export const belongs = (audience: Audience, { area, means, plate, declared }: RecipientFacts): boolean => {
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
    case 'list':
      return false;
  }
};
