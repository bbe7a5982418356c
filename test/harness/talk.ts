import { FLOWS } from '../../flows/index.ts';
import { CATALOGUES } from '../../locales/index.ts';
import type { Event, Memory } from '../../src/dialogue/event.ts';
import { withExercises } from '../../src/dialogue/exercise.ts';
import type { Flow } from '../../src/dialogue/flow.ts';
import type { Limits } from '../../src/dialogue/limits.ts';
import { sayPlain } from '../../src/dialogue/plain.ts';
import { createRenderer, type Renderer } from '../../src/dialogue/render.ts';
import type { Say } from '../../src/dialogue/say.ts';
import type { ChatState, Run } from '../../src/dialogue/state.ts';
import { createEngine, type Engine } from '../../src/dialogue/step.ts';
import type { Outcome, Stepped, WorkOrder } from '../../src/dialogue/stepped.ts';
import type { Json } from '../../src/domain/json.ts';
import type { Lang } from '../../src/domain/lang.ts';
import { placeFinder } from '../../src/services/placeFinder.ts';
import { loadGazetteer } from '../../src/store/places.ts';

/** The one place where a scenario's clock is frozen: 23 November 2026, 09:00 in Vietnam. */
export const NOW = Date.parse('2026-11-23T02:00:00Z');

export const gazetteer = loadGazetteer();

export const places = placeFinder(gazetteer, '12');

export const renderer = createRenderer({
  catalogues: CATALOGUES,
  placeName: (code, lang) => gazetteer.name(code, lang, 'full'),
});

export const engineOf = (flows: readonly Flow[] = FLOWS, limits: Partial<Limits> = {}): Engine =>
  withExercises(createEngine({ flows, renderer, places, limits }), { flows });

/** Answers of the services, by name: what a scenario says the world is like. */
export type World = Readonly<
  Record<string, (args: Json, memory: Memory) => { readonly value: Json; readonly remember?: Memory }>
>;

const reload = (state: ChatState): ChatState => JSON.parse(JSON.stringify(state)) as ChatState;

/** As the shell does it: one message may call so many services. */
const MAX_CALLS = 8;

/** A chat with the pure engine; the state is written out and read again between every two steps. */
export class Talk {
  state: ChatState;
  now = NOW;
  readonly calls: { name: string; args: Json }[] = [];
  /** Flows that came to their end here. */
  readonly ended: string[] = [];
  work: WorkOrder[] = [];
  outcome: Outcome = 'answered';
  /** What was said, in order. */
  readonly said: Say[] = [];

  constructor(
    readonly world: World = {},
    readonly engine: Engine = engineOf(),
    lang: Lang = 'vi',
    readonly words: Renderer = renderer,
  ) {
    this.state = engine.empty(lang);
  }

  get last(): Say | undefined {
    return this.said.at(-1);
  }

  /** The conversation that is talked to. */
  get run(): Run | undefined {
    return this.state.runs.find(({ id }) => id === this.state.active);
  }

  /** Feeds one event and whatever calls follow from it; returns what was said. */
  send(event: Event): readonly Say[] {
    const before = this.said.length;
    let stepped = this.#step(event);
    for (let calls = 0; stepped.call !== undefined; calls += 1) {
      if (calls === MAX_CALLS) throw new Error(`calls ${stepped.call.name} in a circle`);
      const { id, name, args } = stepped.call;
      this.calls.push({ name, args });
      const service = this.world[name];
      if (service === undefined) throw new Error(`the scenario's world has no service ${name}`);
      stepped = this.#step({ type: 'result', call: id, ...service(args, this.state.memory) });
    }
    this.now += 1000;
    return this.said.slice(before);
  }

  #step(event: Event): Stepped {
    const talkedTo = this.run;
    const stepped = this.engine.step(reload(this.state), event, this.now);
    this.state = reload(stepped.state);
    this.outcome = stepped.outcome;
    this.said.push(...stepped.says);
    this.work.push(...stepped.work);
    if (stepped.outcome === 'ended' && talkedTo !== undefined) this.ended.push(talkedTo.flow);
    return stepped;
  }

  text(text: string): readonly Say[] {
    return this.send({ type: 'text', text });
  }

  /** Several texts, one after the other. */
  texts(...texts: readonly string[]): readonly Say[] {
    return texts.map((text) => this.text(text)).at(-1) ?? [];
  }

  /** Presses a button of the last message by what stands on it. */
  press(label: string): readonly Say[] {
    return this.#press(label, this.last);
  }

  /** Presses a button of an older message: the newest before the last that has it. */
  pressOld(label: string): readonly Say[] {
    return this.#press(
      label,
      this.said.slice(0, -1).findLast((say) => this.#idOf(label, say) !== undefined),
    );
  }

  /** Presses by the ids of buttons of the last message. */
  pick(...ids: readonly string[]): readonly Say[] {
    return this.send({ type: 'choice', ids, turn: this.last?.turn ?? 0 });
  }

  #idOf(label: string, say: Say | undefined): string | undefined {
    return say?.choices?.find(({ label: value }) => this.words.value(this.state.lang, value) === label)?.id;
  }

  #press(label: string, say: Say | undefined): readonly Say[] {
    const id = this.#idOf(label, say);
    if (id === undefined || say === undefined)
      throw new Error(`no button "${label}" under: ${this.plain(say)}`);
    return this.send({ type: 'choice', ids: [id], turn: say.turn });
  }

  /** The oldest work that is under way came to its end. */
  worked(result: { readonly value: Json } | { readonly problem: { readonly key: string } }): readonly Say[] {
    const work = this.work.shift();
    if (work === undefined) throw new Error('no work is under way');
    return this.send({ type: 'worked', work: work.id, ...result });
  }

  plain(say: Say | undefined): string {
    return say === undefined ? '' : sayPlain(this.words, this.state.lang, say);
  }

  /** All that was said since so many messages ago, as it is read. */
  heard(count = 1): string {
    return this.said
      .slice(-count)
      .map((say) => this.plain(say))
      .join('\n');
  }
}
