import { UNWANTED, type Unasked, withoutStop, withStop } from '../../domain/unasked.ts';
import type { Service } from '../service.ts';

type Args = { readonly what: Unasked | 'all' };

/** The reader of this chat wants no more of a kind, or of all. It holds for what is on its way already. */
const stopUnasked: Service = async (args, { memory }) => ({
  value: null,
  remember: { [UNWANTED]: [...withStop(memory, (args as Args).what)] },
});

const resumeUnasked: Service = async (args, { memory }) => ({
  value: null,
  remember: { [UNWANTED]: [...withoutStop(memory, (args as Args).what)] },
});

/** The use cases about what is sent without being asked for, by the names the flows call them. */
export const unaskedServices: Readonly<Record<string, Service>> = { stopUnasked, resumeUnasked };
