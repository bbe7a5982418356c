import { line } from '../say.ts';
import { type Identity, makeQuestion } from './base.ts';
import { problemTaken, type Question } from './question.ts';

export const SEND = 'send';

/** The last question: the answers are above it; sending them is the answer, editing is a command. */
export const reviewQuestion = (who: Identity): Question =>
  makeQuestion(
    'review',
    who,
    { hidden: true },
    {
      read: () => problemTaken('problem.review'),
      options: [
        {
          id: SEND,
          value: SEND,
          label: line(`${who.say}.send`),
          words: ['gui', 'xong', 'dung', 'ok', 'co', 'send', 'yes'],
        },
      ],
      fits: (value) => value === SEND,
      inline: false,
      input: 'choice',
      usual: SEND,
    },
  );
