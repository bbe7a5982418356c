import type { Express } from 'express';
import type { Outgoing } from '../src/delivery/outgoing.ts';
import type { Door, Inbound } from '../src/services/inbound.ts';

/** What a channel can do; the renderer and the suite read it, nobody asks for a channel's name. */
export interface Capabilities {
  /** Buttons under a message; 0 means choices are numbered in the text. */
  readonly buttons: number;
  readonly images: boolean;
  readonly photosIn: boolean;
  readonly contact: boolean;
  readonly location: boolean;
  readonly edits: boolean;
  /** Longest text of one message, in UTF-16 code units; longer ones are split at a line or a word. */
  readonly textLength: number;
  /** Whether a message costs money, so that campaigns can count it. */
  readonly paid: boolean;
}

/** A request as it came over the wire, before anybody believed it. */
export interface RawRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

/** What came of a raw request. Unknown kinds of update are ignored and counted, never an error. */
export type Received =
  | { readonly kind: 'messages'; readonly messages: readonly Inbound[] }
  | { readonly kind: 'ignored'; readonly what: string }
  | { readonly kind: 'refused'; readonly status: 400 | 401 | 403 | 413 | 415; readonly code: string };

/** Handed to a channel when the app starts. */
export interface ChannelHost {
  readonly door: Door;
  readonly http: Express;
}

/** A way to talk to people. One folder under `bots/`, one line in `app.ts`. */
export interface Channel {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Verifies and parses one raw request; pure, so that the suite can feed it recorded payloads. */
  receive(request: RawRequest): Received;
  /** Sends one message, or throws `SendError`. Repeating the same id must do no harm. */
  send(message: Outgoing): Promise<void>;
  /** Fetches a photo a `photo` event named; null when it is no longer there. */
  fetchPhoto?(ref: string): Promise<Uint8Array | null>;
  /** Opens webhooks or begins to poll. */
  start(host: ChannelHost): Promise<void>;
  stop(): Promise<void>;
}
