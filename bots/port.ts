import type { Router } from 'express';
import type { Outgoing, Sent } from '../src/delivery/outgoing.ts';
import type { Hook } from '../src/services/hook.ts';
import type { Door, Inbound, Shelf } from '../src/services/inbound.ts';

/** What a channel can do; the renderer and the suite read it, nobody asks for a channel's name. */
export interface Capabilities {
  /** Buttons under a message; 0 means choices are numbered in the text. */
  readonly buttons: number;
  readonly images: boolean;
  /** Files other than images can be sent. */
  readonly files: boolean;
  readonly photosIn: boolean;
  /** A button that shares one's own number, or one's position. */
  readonly contact: boolean;
  readonly location: boolean;
  /** A message can be changed after it was sent. */
  readonly edits: boolean;
  /** Longest text of one message, in UTF-16 code units; longer ones are split at a line or a word. */
  readonly textLength: number;
  /** Whether a message costs money, so that campaigns can count it. */
  readonly paid: boolean;
  /** How messages come in: posted by the platform, fetched from it, or posted by a client of our own. */
  readonly takes: 'webhook' | 'polling' | 'page';
}

/** A request as it came over the wire, before anybody believed it. */
export interface RawRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

/** What came of a raw request. Unknown kinds of update are ignored and counted, never an error. */
export type Received =
  | { readonly kind: 'messages'; readonly messages: readonly Inbound[] }
  /** `letIn`: an address whose person, the platform says, lets us in again. */
  | { readonly kind: 'ignored'; readonly what: string; readonly letIn?: string }
  | { readonly kind: 'refused'; readonly status: 400 | 401 | 403 | 413 | 415; readonly code: string };

/** Handed to a channel when the app starts. */
export interface ChannelHost {
  readonly door: Door;
  /** For a platform that must forget what comes before it gives what comes next. */
  readonly shelf: Shelf;
  /** Opens a place the platform posts JSON to. */
  readonly hook: (path: string, hook: Hook) => void;
  /** For everything else that speaks HTTP: pages, files. */
  readonly http: Router;
  /** Counts an update that is of no use to us, by its kind; kinds are the channel's own words, never a person's. */
  readonly ignored: (what: string) => void;
  /**
   * Messages, by the ids they were sent with, are known to have reached the person's device: it has shown them, or the
   * platform has said so. Never a guess.
   */
  readonly arrived: (ids: readonly string[]) => void;
  /**
   * The platform says that somebody who had shut us out, at an address, lets us in again. Resolves when that is written;
   * where it rejects, the platform should say so again.
   */
  readonly letIn: (address: string) => Promise<void>;
}

/** A way to talk to people. One folder under `bots/`, one line in `src/app/channels.ts`. */
export interface Channel {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Verifies and parses one raw request; changes nothing, so that the suite can feed it recorded payloads. */
  receive(request: RawRequest): Promise<Received>;
  /** Sends one message, or throws `SendError`. Repeating the same id within one process must do no harm. */
  send(message: Outgoing): Promise<Sent>;
  /** Fetches what a `photo` or `file` event named; null when it is no longer there. */
  fetchFile?(ref: string): Promise<Uint8Array | null>;
  /** A link that opens a chat here with this said (a code); undefined while that is not possible. */
  deepLink?(said: string): string | undefined;
  /** Opens webhooks or begins to poll. */
  start(host: ChannelHost): Promise<void>;
  stop(): Promise<void>;
}
