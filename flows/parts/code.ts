/** A code opens its conversation also in the middle of another one when a digit is in it: without one it may be a word. */
export const hasDigit = (said: string): boolean => /\d/.test(said);
