import type { Role } from '../roster.ts';

/** draft → submitted → approved → running ⇄ paused → ended; or rejected, or stopped before its end. */
export const CAMPAIGN_STATES = [
  'draft',
  'submitted',
  'approved',
  'running',
  'paused',
  'ended',
  'stopped',
  'rejected',
] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export const CAMPAIGN_ACTS = ['submit', 'approve', 'reject', 'pause', 'resume', 'stop'] as const;
export type CampaignAct = (typeof CAMPAIGN_ACTS)[number];

const STEPS: Readonly<
  Record<CampaignAct, { readonly from: readonly CampaignState[]; readonly to: CampaignState }>
> = {
  submit: { from: ['draft'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'approved' },
  reject: { from: ['submitted'], to: 'rejected' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  stop: { from: ['draft', 'submitted', 'approved', 'running', 'paused'], to: 'stopped' },
};

export interface CampaignActor {
  readonly id: string;
  readonly role: Role;
  readonly area: string;
}

/** Leaders and administrators of the province; a commune's leader does not write to the whole province. */
export const mayCampaign = ({ role, area }: CampaignActor, home: string): boolean =>
  area === home && (role === 'leader' || role === 'admin');

/** Two people stand behind a message to thousands: whoever wrote it does not decide on it. */
const SECOND: ReadonlySet<CampaignAct> = new Set<CampaignAct>(['approve', 'reject']);

export type CampaignDecision =
  | { readonly is: 'done'; readonly state: CampaignState }
  | { readonly is: 'notAllowed' | 'own' | 'notNow' };

/** Whether somebody may do this to a campaign now, and what it is then. */
export const decideCampaign = (
  { state, author }: { readonly state: CampaignState; readonly author: string },
  act: CampaignAct,
  actor: CampaignActor,
  home: string,
): CampaignDecision => {
  if (!mayCampaign(actor, home)) return { is: 'notAllowed' };
  if (SECOND.has(act) && actor.id === author) return { is: 'own' };
  const { from, to } = STEPS[act];
  return from.includes(state) ? { is: 'done', state: to } : { is: 'notNow' };
};

/** What may be done to a campaign by this person now, in the order it is offered. */
export const actsOn = (
  campaign: { readonly state: CampaignState; readonly author: string },
  actor: CampaignActor,
  home: string,
): readonly CampaignAct[] =>
  CAMPAIGN_ACTS.filter((act) => decideCampaign(campaign, act, actor, home).is === 'done');
