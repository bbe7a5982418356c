import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Run } from '../../src/dialogue/state.ts';
import { moves, otherAnswers, Player, STRAIGHT } from '../harness/player.ts';
import type { Talk } from '../harness/talk.ts';

const OWN = /^(?!=)(?!review$)/;
const entries = (answers: Run['answers']) => Object.entries(answers).filter(([key]) => OWN.test(key));

/** What was answered stays answered, or is offered again; what was offered stays so until it is answered. */
const nothingLost = (before: Run | undefined, after: Run | undefined): void => {
  if (before === undefined || entries({ ...before.answers, ...before.was }).length === 0) return;
  expect(after).toBeDefined();
  for (const [key, value] of entries(before.answers).filter(([, value]) => value !== null))
    expect([after?.answers[key], after?.was[key]]).toContainEqual(value);
  for (const [key, value] of entries(before.was))
    if (after?.answers[key] === undefined) expect(after?.was[key]).toEqual(value);
};

const declaring = (talk: Talk): Run | undefined => talk.state.runs.find(({ flow }) => flow === 'declare');

/** A stay at the journey's end keeps the words in which the end was first named; its code is what counts. */
const withoutSaid = (args: unknown): unknown =>
  JSON.parse(JSON.stringify(args ?? null, (key, value) => (key === 'said' ? undefined : value)));

/** Brings a declaration to its end with the straight path's answers, whatever was said before. */
const finish = (player: Player): unknown => {
  const { talk } = player;
  player.send({ type: 'choice', ids: ['/lang:vi'] });
  if (talk.run?.flow !== 'declare') {
    const run = declaring(talk);
    player.send({ type: 'choice', ids: [run === undefined ? '/fresh:declare' : `/resume:${run.id}`] });
  }
  const given = new Set<string>(['consent', 'who.card', 'review']);
  for (let turns = 0; turns < 120; turns += 1) {
    const { key } = player;
    const due = Object.keys(STRAIGHT).find((each) => !given.has(each));
    if (key === 'review' && due !== undefined) {
      given.add(due);
      player.send({ type: 'choice', ids: [`/edit:${due}`] });
    } else if (key === '/edit' || STRAIGHT[key] === undefined) {
      player.text(key === '/edit' ? 'quay lại' : (otherAnswers(key)[0] ?? ''));
    } else {
      given.add(key);
      player.answer(STRAIGHT[key]);
      if (key === 'review')
        return withoutSaid(talk.calls.findLast(({ name }) => name === 'submitDeclaration')?.args);
    }
  }
  throw new Error(`does not come to its end: ${talk.heard()}`);
};

const straight = (() => {
  const player = new Player('newcomer', false);
  player.text('khai báo');
  return finish(player);
})();

test('the straight path is a whole declaration', () => {
  expect(straight).toMatchObject({
    whom: 'me',
    declared: {
      person: { name: 'Lò Văn Pản', born: '1990-03-15', phone: '+84912345678' },
      trip: { means: 'coach', vehicle: '29B-123.45', seat: '12', day: '2026-11-22' },
      health: { symptoms: ['fever', 'cough'], places: [{ code: '15' }] },
    },
  });
});

/** Runs of each property: enough for every day; `FC_RUNS` for a long hunt after a change of the engine. */
const RUNS = Number(process.env.FC_RUNS ?? 20);

describe('whatever a person does', () => {
  test.each(['newcomer', 'returning', 'several declarations', 'gone declaration'])(
    'nothing throws, and every step keeps its promises (%s)',
    (world) => {
      fc.assert(
        fc.property(moves(60), (plan) => {
          const player = new Player(world, true);
          for (const move of plan) player.play(move);
        }),
        { numRuns: RUNS },
      );
    },
  );

  test('no answer is lost, and the end is that of the straight path', () => {
    fc.assert(
      fc.property(moves(60), (plan) => {
        const player = new Player('newcomer', false);
        player.text('khai báo');
        for (const move of plan) {
          const [before, sent] = [declaring(player.talk), player.talk.calls.length];
          player.play(move);
          const ended =
            player.talk.ended.length > 0 ||
            player.talk.calls.slice(sent).some(({ name }) => name === 'submitDeclaration');
          if (ended) return;
          nothingLost(before, declaring(player.talk));
        }
        expect(finish(player)).toEqual(straight);
      }),
      { numRuns: RUNS },
    );
  });

  test('the same for somebody whose last declaration is known', () => {
    const player = new Player('returning', false);
    player.text('khai báo');
    const expected = finishKnown(player);
    fc.assert(
      fc.property(moves(40), (plan) => {
        const one = new Player('returning', false);
        one.text('khai báo');
        for (const move of plan) {
          const before = declaring(one.talk);
          one.play(move);
          if (one.talk.ended.length > 0) return;
          nothingLost(before, declaring(one.talk));
        }
        expect(finishKnown(one)).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
  });
});

/** "Another journey", then the straight path; *back* goes as far as that question can be answered anew. */
function finishKnown(player: Player): unknown {
  const { talk } = player;
  if (talk.run === undefined) player.text('tiếp tục');
  if (talk.run === undefined) player.send({ type: 'choice', ids: ['/fresh:declare'] });
  for (let turns = 0; turns < 120 && player.key !== 'again'; turns += 1) {
    if (player.key === 'whom') player.text('cho tôi');
    else player.send({ type: 'choice', ids: ['/back'] });
  }
  player.send({ type: 'choice', ids: ['trip'] });
  return finish(player);
}
