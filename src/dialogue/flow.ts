import type { Json } from '../domain/json.ts';
import type { Problem } from '../domain/parsed.ts';
import { type Ask, createAsk } from './ask.ts';
import type { Memory } from './event.ts';
import type { Question } from './question/question.ts';
import type { Choice, File, Image, Line } from './say.ts';

/** What a flow may do: ask a person, call a service, or send an answer back as wrong. Nothing else. */
export type Request =
  | { readonly ask: Question }
  | { readonly review: { readonly key: string; readonly say: string } }
  | {
      readonly call: {
        readonly key: string;
        readonly name: string;
        readonly args: Json;
        readonly usual: Json;
      };
    }
  | {
      readonly reject: {
        readonly key: string;
        readonly problem: Problem;
        /** Other answers that may be the wrong ones: they are asked again too. */
        readonly also: readonly string[];
      };
    };

/** A part of a flow that ends in a value; composed with `yield*`. */
export type Asking<T> = Generator<Request, T, Json>;

/** One message at the end of a flow. */
export interface Closing {
  readonly notes: readonly Line[];
  readonly choices?: readonly Choice[];
  readonly image?: Image;
  readonly file?: File;
}

/** How a conversation ends: what is said, and which conversation comes next, if any. */
export interface End {
  readonly says: readonly Closing[];
  readonly next?: { readonly flow: string; readonly params?: { readonly [name: string]: Json } };
  /**
   * This chat becomes a part of another conversation, or leaves one: its drafts have other numbers then, or are gone.
   * `there`: whether there are drafts in the one it joins.
   */
  readonly drafts?: { readonly there: boolean } | 'none';
}

/** What is known when a run starts and each time it is walked again. */
export interface Start {
  readonly params: { readonly [name: string]: Json };
  readonly memory: Memory;
  /** 'YYYY-MM-DD' in Vietnam. */
  readonly today: string;
}

/** An entry in the menu: a flow with a preset. */
export interface MenuEntry {
  /** Place in the menu; small comes first. */
  readonly order: number;
  readonly label: Line;
  readonly params?: { readonly [name: string]: string };
  /** What people type for this very entry: "khai hộ". */
  readonly words?: readonly string[];
  /** Shown only to chats whose memory has this name (a staff member's chat). */
  readonly needs?: string;
}

/** A conversation that is not ended, as far as its name is concerned. */
export interface Unfinished {
  readonly params: { readonly [name: string]: Json };
  readonly answers: { readonly [key: string]: Json };
}

/** Who says a sentence: we, or the person, where it stands on a button of theirs. */
export type Voice = 'ours' | 'theirs';

/** What somebody tells who does not know what to do with it: "con tôi sốt cao". */
export interface Heeded {
  /** Vietnamese with its marks; they count without them in a sentence that has none. */
  readonly words: readonly string[];
  readonly say: Line;
}

export interface FlowOptions {
  readonly menu?: readonly MenuEntry[];
  /** What people type to begin it; Vietnamese with its marks, English plain. Also its `/command`, first one joined. */
  readonly words?: readonly string[];
  readonly command?: string;
  /** Not a wish to begin it, but a reason to: the sentence is said, and what the flow has in the menu is offered. */
  readonly heeds?: Heeded;
  /** Begins when an idle chat says something of this shape; the text becomes `params.said`. */
  readonly opens?: (text: string) => boolean;
  /** Those of them that begin it also in the middle of another conversation: nothing that is asked for looks like it. */
  readonly anywhere?: (text: string) => boolean;
  /** Only chats whose memory has this name may begin it. */
  readonly needs?: string;
  /** What a draft of it is about ("for Vàng Thị Mỷ"), where there may be several; its title otherwise. */
  readonly about?: (draft: Unfinished, voice: Voice) => Line;
  /** Put aside without a word when another conversation begins: nothing was typed that could be lost. */
  readonly brief?: true;
}

export interface Flow extends FlowOptions {
  readonly name: string;
  readonly body: (start: Start) => Asking<End>;
}

/** A conversation by its name: a plain program over answers. */
export const flow = (
  name: string,
  options: FlowOptions,
  body: (ask: Ask, start: Start) => Asking<End>,
): Flow => ({
  ...options,
  name,
  body: (start) => body(createAsk('', name, start.today), start),
});

export const end = (...notes: readonly Line[]): End => ({ says: [{ notes }] });
