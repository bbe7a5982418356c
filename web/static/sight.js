/** What is in sight: a new message must be seen whole, or at least its beginning. */

/** Stands fully above the writing line, from `first` on; what is taller than the screen is read from its top. */
export const show = (last, first = last, behavior = undefined) => {
  const height = last.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
  if (height > window.innerHeight * 0.6) first.scrollIntoView({ block: 'start', behavior });
  else last.scrollIntoView({ block: 'end', behavior });
};

/** Messages that come so close together are one answer: its beginning must be seen (ms). */
const ONE_ANSWER = 3_000;
/** @type {{ first: HTMLElement, at: number }} */
let answer = { first: null, at: 0 };
export const firstOf = (article) => {
  const goesOn = Date.now() - answer.at < ONE_ANSWER && answer.first.isConnected;
  answer = { first: goesOn ? answer.first : article, at: Date.now() };
  return answer.first;
};

/** The next message begins an answer of its own. */
export const nextAnswer = () => {
  answer.at = 0;
};
