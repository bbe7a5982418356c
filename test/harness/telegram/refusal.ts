/** A call that Telegram refuses: its HTTP status, which is also `error_code`, and its words. */
export class Refusal extends Error {
  readonly status: number;
  readonly parameters: object | undefined;
  constructor(status: number, description: string, parameters?: object) {
    super(description);
    this.status = status;
    this.parameters = parameters;
  }
}

export const badRequest = (words: string, parameters?: object): Refusal =>
  new Refusal(400, `Bad Request: ${words}`, parameters);
export const forbidden = (words: string): Refusal => new Refusal(403, `Forbidden: ${words}`);
export const conflict = (words: string): Refusal => new Refusal(409, `Conflict: ${words}`);
export const unauthorized = (): Refusal => new Refusal(401, 'Unauthorized');
export const notFound = (): Refusal => new Refusal(404, 'Not Found');
