import { DONE, NONE } from '../../src/dialogue/question/choice.ts';
import type { Choice, Say } from '../../src/dialogue/say.ts';
import { type Html, html } from '../../web/html.ts';
import type { ViewContext } from './view-context.ts';

/** Whether the buttons of a say can still be pressed, and with which turn they are sent. */
export interface Pressable {
  readonly say: Say;
  /** The element that holds the question. */
  readonly askId: string;
  /** Left out for buttons that were drawn before there was a chat: they are never stale. */
  readonly turn?: number;
}

const hidden = ({ turn }: Pressable, { formId }: ViewContext): Html =>
  html`<input type="hidden" name="deliveryId" value="${formId()}">${
    turn === undefined ? undefined : html`<input type="hidden" name="turn" value="${turn}">`
  }`;

/** @param formId the form it belongs to, where it stands in another one */
const button = (choice: Choice, kind: string, { value }: ViewContext, formId?: string): Html =>
  html`<button class="${kind}" name="choice" value="${choice.id}"${
    formId === undefined ? undefined : html` form="${formId}"`
  }>${value(choice.label)}</button>`;

const tick = (choice: Choice, { value }: ViewContext): Html =>
  html`<label class="tick"><input type="checkbox" name="choice" value="${choice.id}"${
    choice.picked ? html` checked` : undefined
  }><span>${value(choice.label)}</span></label>`;

/** The question is the group's name, so that a screen reader says what the buttons answer. */
const group = ({ say, askId }: Pressable, { words }: ViewContext, inside: readonly Html[]): Html => {
  const name = say.ask ? html`aria-labelledby="${askId}"` : html`aria-label="${words('web.choices')}"`;
  return html`<fieldset ${name}>${inside}</fieldset>`;
};

const form = (kind: string, parts: Pressable, context: ViewContext, inside?: Html, id?: string): Html =>
  html`<form class="${kind}"${id === undefined ? undefined : html` id="${id}"`} method="post" action="/chat">${hidden(parts, context)}${inside}</form>`;

/**
 * Boxes to tick, and below them, always in sight, the button that sends them and "none of these": that is what most
 * people answer, and what no box says. It is an answer by itself, so it belongs to a form of its own.
 */
const severalForm = (parts: Pressable, choices: readonly Choice[], context: ViewContext): Html => {
  const ticks = choices.filter(({ id, control }) => !control && id !== NONE);
  const done = choices.find(({ id }) => id === DONE);
  const none = choices.find(({ id }) => id === NONE);
  const noneForm = `${parts.askId}-none`;
  const boxes = group(
    parts,
    context,
    ticks.map((choice) => tick(choice, context)),
  );
  const foot = html`<div class="foot">${none && button(none, 'choice', context, noneForm)}${
    done && button(done, 'primary', context)
  }</div>`;
  return html`${form('choices several', parts, context, html`${boxes}${foot}`)}${
    none && form('choices', parts, context, undefined, noneForm)
  }`;
};

const oneForm = (parts: Pressable, choices: readonly Choice[], context: ViewContext): Html | undefined => {
  const buttons = choices.filter(({ control }) => !control).map((each) => button(each, 'choice', context));
  return buttons.length === 0 ? undefined : form('choices', parts, context, group(parts, context, buttons));
};

/** Buttons under a message. Forms throughout: they work before, and without, the page's script. */
export const choicesView = (parts: Pressable, context: ViewContext): Html => {
  const choices = parts.say.choices ?? [];
  const controls = choices.filter(({ id, control }) => control && !(parts.say.several && id === DONE));
  const row = controls.map((choice) => button(choice, 'control', context));
  return html`${parts.say.several ? severalForm(parts, choices, context) : oneForm(parts, choices, context)}${
    row.length === 0 ? undefined : form('controls', parts, context, html`${row}`)
  }`;
};
