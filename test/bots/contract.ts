import type { RawRequest, Received } from '../../bots/port.ts';
import type { SendFault } from '../../src/delivery/outgoing.ts';
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

/** A refusal of the platform, and what it means for us. */
export interface Fault {
  readonly title: string;
  readonly arm: () => void;
  readonly fault: SendFault;
  /** Seconds, where the platform says how long to wait. */
  readonly retryAfter?: number;
  /** The message may have arrived all the same. */
  readonly doubtful?: true;
}

/** A channel as the suite meets it: recorded payloads, and somebody's phone at its other end. */
export interface Recorded {
  /** Where the platform posts. */
  readonly path: string;
  readonly good: readonly Good[];
  readonly bad: readonly Bad[];
  /** Well-formed updates that are of no use to us: ignored and counted, never an error. */
  readonly unknown: readonly { readonly title: string; readonly request: RawRequest }[];
  /** How the platform says that the person of the first good payload lets us in again. */
  readonly letsIn: readonly { readonly title: string; readonly request: RawRequest }[];
  readonly phone: Phone;
  /** Makes the platform answer the next send so, and what `SendError` that must become. */
  readonly faults: readonly Fault[];
  /** What is shown of a report's chart and file, where they are shown. */
  readonly carried: readonly string[];
  /** What may stand in no log line: tokens, cookies, addresses. */
  readonly secrets: readonly string[];
}

/** A stand-in for the platform, and the settings that point the app at it. */
export interface Platform {
  readonly env: Readonly<Record<string, string>>;
  /** Somebody's phone on this platform; another one for each name. */
  phone(app: TestApp, name: string): Promise<Phone>;
  record(app: TestApp): Promise<Recorded>;
  end(): Promise<void>;
}

/** The file of a province's report, as it is called everywhere. */
export const REPORT_FILE = 'khai-bao-2026-11-26-12.xlsx';

/** What every channel brings: one file `test/bots/<name>/contract.ts` that exports `contract`. */
export type Contract = () => Promise<Platform>;
