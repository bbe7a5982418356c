import { parseYesNo } from '../parse/yesNo.ts';
import { line } from '../say.ts';
import { type Identity, makeQuestion } from './base.ts';
import { problemTaken, type Question, valueTaken } from './question.ts';

const SEND = 'send';

/** The last question: the answers are above it; sending them is the answer, editing is a command. */
export const reviewQuestion = (who: Identity): Question =>
  makeQuestion(
    'review',
    who,
    { hidden: true },
    {
      read: (raw) => (parseYesNo(raw) === true ? valueTaken(SEND) : problemTaken('problem.review')),
      options: [
        {
          id: SEND,
          value: SEND,
          label: line(`${who.say}.send`),
          words: ['gui', 'gui di', 'xong', 'send'],
        },
      ],
      fits: (value) => value === SEND,
      inline: false,
      input: 'choice',
      usual: SEND,
    },
  );
