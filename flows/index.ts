import type { Flow } from '../src/dialogue/flow.ts';
import { correct } from './correct.ts';
import { declare } from './declare.ts';
import { mine, withdraw } from './mine.ts';
import { update } from './update.ts';

/** Every conversation there is. A test holds each to a scenario and to sentences in both languages. */
export const FLOWS: readonly Flow[] = [declare, update, mine, correct, withdraw];
