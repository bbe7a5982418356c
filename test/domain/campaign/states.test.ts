import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  actsOn,
  CAMPAIGN_ACTS,
  CAMPAIGN_STATES,
  type CampaignAct,
  type CampaignState,
  decideCampaign,
} from '../../../src/domain/campaign/states.ts';
import { ROLES } from '../../../src/domain/roster.ts';

const author = { id: 'a', role: 'admin', area: '12' } as const;
const second = { id: 'b', role: 'leader', area: '12' } as const;

test.each<[CampaignState, CampaignAct, CampaignState | null]>([
  ['draft', 'submit', 'submitted'],
  ['draft', 'approve', null],
  ['submitted', 'approve', 'approved'],
  ['submitted', 'reject', 'rejected'],
  ['submitted', 'pause', null],
  ['approved', 'approve', null],
  ['approved', 'stop', 'stopped'],
  ['running', 'pause', 'paused'],
  ['running', 'resume', null],
  ['paused', 'resume', 'running'],
  ['paused', 'stop', 'stopped'],
  ['ended', 'stop', null],
  ['stopped', 'resume', null],
  ['rejected', 'submit', null],
])('%s, %s: %s', (state, act, after) => {
  const decision = decideCampaign({ state, author: 'a' }, act, second, '12');
  expect(decision).toEqual(after === null ? { is: 'notNow' } : { is: 'done', state: after });
});

test.each([
  ['whoever wrote it does not approve it', author, 'own'],
  ['nor a nurse', { ...second, role: 'duty' }, 'notAllowed'],
  ['nor the leader of a commune', { ...second, area: '12/03595' }, 'notAllowed'],
  ['another administrator does', { ...author, id: 'c' }, 'done'],
] as const)('%s', (_name, actor, is) => {
  expect(decideCampaign({ state: 'submitted', author: 'a' }, 'approve', actor, '12').is).toBe(is);
});

describe('whatever is done in whatever order', () => {
  const step = fc.record({
    act: fc.constantFrom(...CAMPAIGN_ACTS),
    actor: fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      role: fc.constantFrom(...ROLES),
      area: fc.constantFrom('12', '12/03595'),
    }),
  });

  test('it is sent only after a second person of the province approved it, and never after its end', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let state: CampaignState = 'draft';
        let approver: string | undefined;
        for (const { act, actor } of steps) {
          const decision = decideCampaign({ state, author: 'a' }, act, actor, '12');
          if (decision.is !== 'done') continue;
          if (['rejected', 'stopped', 'ended'].includes(state)) return false;
          if (act === 'approve') approver = actor.id;
          state = decision.state;
          if (state === 'approved') state = 'running'; // as its first day does
        }
        return !['running', 'paused'].includes(state) || (approver !== undefined && approver !== 'a');
      }),
    );
  });

  test('what is offered can be done, and nothing else', () => {
    for (const state of CAMPAIGN_STATES)
      expect(actsOn({ state, author: 'a' }, author, '12')).toEqual(
        CAMPAIGN_ACTS.filter(
          (act) => decideCampaign({ state, author: 'a' }, act, author, '12').is === 'done',
        ),
      );
    expect(actsOn({ state: 'submitted', author: 'a' }, author, '12')).toEqual(['stop']);
  });
});
