import { CommandProblem } from '../problem.ts';

const WHY: Readonly<Record<string, string>> = {
  notAllowed: 'Campaigns are for leaders and administrators of the province: {by} is none.',
  own: 'Somebody else has to approve a campaign that {by} wrote.',
  notNow: 'The campaign is {state}: that cannot be done to it now.',
  tooLate: 'Its first day has passed: write it anew with another one.',
  stale: 'Somebody changed the campaign in this moment: look at it again.',
};

/** Why somebody cannot do something to a campaign, as a sentence. */
export const refused = (why: string, by: string, state = ''): CommandProblem =>
  new CommandProblem((WHY[why] ?? why).replace('{by}', by).replace('{state}', state));
