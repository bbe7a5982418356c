import { deepStrictEqual } from 'node:assert';
import { sayPlain } from '../../src/dialogue/plain.ts';
import type { Renderer } from '../../src/dialogue/render.ts';
import type { Engine } from '../../src/dialogue/step.ts';
import { LANGS } from '../../src/domain/lang.ts';

/** Bytes of a stored chat: three drafts with every answer as long as may be are far below it. */
const STATE_BOUND = 64 * 1024;

const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
};

/**
 * An engine that holds every step to its promises: it changes nothing it was given, does the same again, leaves a
 * state that is JSON and small, and says only what can be said in both languages.
 */
export const checked = (engine: Engine, words: Renderer): Engine => ({
  ...engine,
  step: (state, event, now) => {
    const stepped = engine.step(freeze(state), freeze(event), now);
    deepStrictEqual(engine.step(state, event, now), stepped, 'a step is not the same when it is done again');
    const stored = JSON.stringify(stepped.state);
    deepStrictEqual(JSON.parse(stored), stepped.state, 'a state is not JSON');
    if (stored.length > STATE_BOUND) throw new Error(`a state of ${stored.length} characters`);
    for (const say of stepped.says) {
      deepStrictEqual(JSON.parse(JSON.stringify(say)), say, 'what is said is not JSON');
      for (const lang of LANGS) {
        const text = sayPlain(words, lang, say);
        if (/\{\w+\}|undefined|\[object/.test(text)) throw new Error(`a hole in: ${text}`);
      }
    }
    return stepped;
  },
});
