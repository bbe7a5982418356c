import { CATALOGUES } from '../../locales/index.ts';
import type { Ask } from '../../src/dialogue/ask.ts';
import { type Asking, type End, end, type Flow, type FlowOptions, flow } from '../../src/dialogue/flow.ts';
import type { Limits } from '../../src/dialogue/limits.ts';
import { createRenderer, type Renderer } from '../../src/dialogue/render.ts';
import { line } from '../../src/dialogue/say.ts';
import { createEngine, type Engine } from '../../src/dialogue/step.ts';
import { gazetteer, places, Talk, type World } from './talk.ts';

/** Small flows for tests of the engine: their sentences are their keys, with the values behind them. */
const speaking = (catalogue: Readonly<Record<string, string>>) =>
  new Proxy(catalogue, {
    get: (known, key) => known[String(key)] ?? String(key),
  });

export const plainRenderer: Renderer = createRenderer({
  catalogues: { vi: speaking(CATALOGUES.vi), en: speaking(CATALOGUES.en) },
  placeName: (code, lang) => gazetteer.name(code, lang, 'full'),
});

type Body = (ask: Ask) => Asking<unknown>;

/** A flow that asks what the body asks, then tells a service named `toy` what came of it. */
export const toy = (name: string, body: Body, options: FlowOptions = {}): Flow =>
  flow(name, options, function* (ask): Asking<End> {
    const made = yield* body(ask);
    yield* ask.call('told', 'toy', (made ?? null) as never, null);
    return end(line(`${name}.end`));
  });

export const toyEngine = (flows: readonly Flow[], limits: Partial<Limits> = {}): Engine =>
  createEngine({ flows, renderer: plainRenderer, places, limits });

const TOLD: World = { toy: () => ({ value: null }) };

/** A chat that has begun the first of the flows. */
export const toyTalk = (flows: readonly Flow[], limits: Partial<Limits> = {}, world: World = {}): Talk => {
  const talk = new Talk({ ...TOLD, ...world }, toyEngine(flows, limits), 'vi', plainRenderer);
  talk.send({ type: 'choice', ids: [`/go:${flows[0]?.name}`] });
  return talk;
};

/** What the flow ended with, once it did. */
export const told = (talk: Talk): unknown => talk.calls.findLast(({ name }) => name === 'toy')?.args;
