import { CommandProblem } from '../problem.ts';

const WHY: Readonly<Record<string, string>> = {
  notAllowed: 'Campaigns are for leaders and administrators of the province: {by} is none.',
  own: 'Somebody else has to approve a campaign that {by} wrote.',
  notNow: 'That cannot be done to the campaign now.',
  tooLate: 'Its first day has passed: write it anew with another one.',
  stale: 'Somebody changed the campaign in this moment: look at it again.',
};

/** Why somebody cannot do something to a campaign, as a sentence. */
export const refused = (why: string, by: string): CommandProblem =>
  new CommandProblem((WHY[why] ?? why).replace('{by}', by));
