import type { Json } from '../domain/json.ts';
import type { Problem } from '../domain/parsed.ts';

/** What a person did, after the channel's own format was taken off. */
export type PersonEvent =
  /** `elsewhere`: the last message went to another chat of the same person; what is asked was not seen here. */
  | { readonly type: 'text'; readonly text: string; readonly elsewhere?: true }
  /** Button presses. `turn` is the turn the buttons were drawn for; several ids only where several may be ticked. */
  | { readonly type: 'choice'; readonly ids: readonly string[]; readonly turn?: number }
  /** `ref` means something to the channel only; `bytes` is the size it announced. */
  | { readonly type: 'photo'; readonly ref: string; readonly bytes?: number; readonly caption?: string }
  /** A document that is no photo; its name is the person's own. */
  | {
      readonly type: 'file';
      readonly ref: string;
      readonly name?: string;
      readonly bytes?: number;
      readonly caption?: string;
    }
  | { readonly type: 'contact'; readonly phone: string; readonly own: boolean }
  | { readonly type: 'location'; readonly lat: number; readonly lon: number }
  | { readonly type: 'command'; readonly name: string; readonly argument?: string }
  /** Something the channel cannot turn into words: a sticker, a voice message. */
  | { readonly type: 'unsupported'; readonly what: string };

/** What the shell brings back. It names the step it belongs to, so that a late arrival is harmless. */
export type ShellEvent =
  /** The result of a call that `step` asked for. */
  | { readonly type: 'result'; readonly call: string; readonly value: Json; readonly remember?: Memory }
  /** The end of work that outlasted a step (a photo that was read). */
  | { readonly type: 'worked'; readonly work: string; readonly value?: Json; readonly problem?: Problem }
  /** The message before this one could not be handled and was put aside for the staff. */
  | { readonly type: 'parked' };

export type Event = PersonEvent | ShellEvent;

/** Small facts about the chat that outlive a run: who the person is, which staff member. */
export type Memory = { readonly [name: string]: Json };
