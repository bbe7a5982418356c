/** What a button carries: the turn it was drawn for, and its id. */
export interface ButtonData {
  readonly turn: number;
  readonly id: string;
}

/** A button's name on the wire. Telegram takes 64 bytes. */
export const dataOf = (turn: number, id: string): string => `${turn.toString(36)}.${id}`;

/** What `dataOf` wrote into the button. */
export const readData = (data: string): ButtonData | undefined => {
  const [, turn, id] = /^([0-9a-z]{1,8})\.(.+)$/s.exec(data) ?? [];
  return turn === undefined || id === undefined ? undefined : { turn: Number.parseInt(turn, 36), id };
};
