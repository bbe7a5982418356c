import type { RawRequest, Received } from '../../bots/port.ts';
import type { PersonEvent } from '../../src/dialogue/event.ts';
import type { TestApp } from '../harness/app.ts';
import type { Phone } from '../harness/wires.ts';

/** A raw payload the platform sends, and what it means. */
export interface Good {
  readonly title: string;
  readonly request: RawRequest;
  readonly event: PersonEvent;
}

/** A payload that must be refused, and how. */
export interface Bad {
  readonly title: string;
  readonly request: RawRequest;
  readonly status: Extract<Received, { kind: 'refused' }>['status'];
}

/** A channel as the suite meets it: recorded payloads, and somebody's phone at its other end. */
export interface Recorded {
  readonly good: readonly Good[];
  readonly bad: readonly Bad[];
  readonly phone: Phone;
  /** What may stand in no log line: tokens, cookies, addresses. */
  readonly secrets: readonly string[];
}

/** What every channel brings: one file `test/bots/<name>/contract.ts` that exports `contract`. */
export type Contract = (app: TestApp) => Promise<Recorded>;
