/** What a request is told when it cannot be served: RFC 9457, with a stable `code` for programs. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** What the body parsers and the router say, in our codes. */
const PARSER_CODES: Readonly<Record<string, string>> = {
  'entity.parse.failed': 'bad-json',
  'entity.too.large': 'too-large',
  'encoding.unsupported': 'unsupported-type',
  'charset.unsupported': 'unsupported-type',
  'parameters.too.many': 'too-large',
  'request.aborted': 'bad-request',
  'request.size.invalid': 'bad-request',
};

const STATUS_CODES: Readonly<Record<number, string>> = {
  400: 'bad-request',
  404: 'not-found',
  408: 'timeout',
  413: 'too-large',
  415: 'unsupported-type',
  431: 'headers-too-large',
  503: 'unavailable',
};

/** Shown when the store is away or full: long enough to recover, short enough to wait for. */
const RETRY_AFTER = 5;

interface Fault {
  readonly status?: unknown;
  readonly code?: unknown;
  readonly type?: unknown;
  readonly retryable?: unknown;
  readonly retryAfter?: unknown;
}

const codeOf = ({ type, code }: Fault, status: number): string => {
  if (typeof type === 'string') return PARSER_CODES[type] ?? STATUS_CODES[status] ?? 'bad-request';
  return typeof code === 'string' && /^[a-z][a-z.-]*$/.test(code)
    ? code
    : (STATUS_CODES[status] ?? 'bad-request');
};

/**
 * The problem an error stands for. Errors of requests carry a `status`; of our own services `retryable`.
 * Anything else is our mistake: 500, and nothing of it is told.
 */
export const problemOf = (error: unknown): Problem => {
  const fault: Fault = typeof error === 'object' && error !== null ? error : {};
  const { status, retryable, retryAfter } = fault;
  if (typeof status === 'number' && status >= 400 && status < 600) {
    const problem = { status, code: codeOf(fault, status) };
    return typeof retryAfter === 'number' ? { ...problem, retryAfter } : problem;
  }
  return retryable === true
    ? { status: 503, code: 'unavailable', retryAfter: RETRY_AFTER }
    : { status: 500, code: 'internal' };
};

/** The catalogue's sentence for a problem, by its code or else by what kind it is. */
export const titleKey = ({ status, code }: Problem): string => TITLES[code] ?? (status < 500 ? BAD : OURS);

const BAD = 'web.problem.bad';
const OURS = 'web.problem.ours';
const TITLES: Readonly<Record<string, string>> = {
  'not-found': 'web.problem.notFound',
  'wrong-method': 'web.problem.wrongMethod',
  'too-large': 'web.problem.tooLarge',
  'headers-too-large': 'web.problem.tooLarge',
  'unsupported-type': 'web.problem.type',
  'not-a-photo': 'web.problem.photo',
  'no-session': 'web.problem.session',
  'wrong-token': 'web.problem.token',
  'foreign-page': 'web.problem.foreign',
  'too-many': 'web.problem.tooMany',
  timeout: 'web.problem.busy',
  busy: 'web.problem.busy',
  unavailable: 'web.problem.busy',
};
