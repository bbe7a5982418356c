import { type End, end } from '../../src/dialogue/flow.ts';
import { type Choice, type Line, line, type Value } from '../../src/dialogue/say.ts';
import { goArgument } from '../../src/dialogue/words.ts';

/** A button that begins another conversation. */
export const go = (flow: string, label: string, params: Readonly<Record<string, string>> = {}): Choice => ({
  id: `/go:${goArgument(flow, params)}`,
  label: line(label),
});

/** Where somebody stands on duty: a facility with its place, or a place. */
export const postName = ({
  place,
  facility,
}: {
  readonly place: string;
  readonly facility?: string;
}): Value => (facility === undefined ? { place } : line('duty.post', { facility, place: { place } }));

/** The chat is no staff member's any more; it has forgotten so. */
export const stranger = (): End => end(line('staff.stranger'));

export const openAlerts = (open: number): readonly Line[] =>
  open === 0 ? [] : [line('waiting.open', { open })];

/** Not to be shown: the chat has lost its staff member, or the thing lies outside their area. */
export const notShown = (is: string, gone: string): End => (is === 'stranger' ? stranger() : end(line(gone)));
