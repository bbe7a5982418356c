/** The declaration every bot of the benchmark asks: ten questions, every third answer checked. */
export const QUESTIONS = 10;
export const BEGIN = '/khaibao';
export const THANKS = 'Cảm ơn anh/chị. Tờ khai đã được nhận.';

/** @param {number} n from 1 */
export const question = (n) => `Câu ${n}/${QUESTIONS}: anh/chị trả lời giúp câu này.`;

/** @param {number} n */
export const isChecked = (n) => n % 3 === 0;
export const isGood = (/** @type {string} */ text) => /^A\d{1,6}$/.test(text);
export const WRONG = 'Câu trả lời chưa đúng dạng, anh/chị gõ lại giúp.';
