import { FLOWS } from '../../flows/index.ts';
import { CATALOGUES } from '../../locales/index.ts';
import type { Event, Memory } from '../../src/dialogue/event.ts';
import type { Flow } from '../../src/dialogue/flow.ts';
import { sayPlain } from '../../src/dialogue/plain.ts';
import { createRenderer } from '../../src/dialogue/render.ts';
import type { Say } from '../../src/dialogue/say.ts';
import type { ChatState } from '../../src/dialogue/state.ts';
import { createEngine, type Engine } from '../../src/dialogue/step.ts';
import type { WorkOrder } from '../../src/dialogue/stepped.ts';
import type { Json } from '../../src/domain/json.ts';
import type { Lang } from '../../src/domain/lang.ts';
import { placeFinder } from '../../src/services/placeFinder.ts';
import { loadGazetteer } from '../../src/store/places.ts';

/** The one place where a scenario's clock is frozen: 23 November 2026, 09:00 in Vietnam. */
export const NOW = Date.parse('2026-11-23T02:00:00Z');

export const gazetteer = loadGazetteer();

export const renderer = createRenderer({
  catalogues: CATALOGUES,
  placeName: (code, lang) => gazetteer.name(code, lang, 'full'),
});

export const engineOf = (flows: readonly Flow[] = FLOWS): Engine =>
  createEngine({ flows, renderer, places: placeFinder(gazetteer, '12') });

/** Answers of the services, by name: what a scenario says the world is like. */
export type World = Readonly<
  Record<string, (args: Json, memory: Memory) => { readonly value: Json; readonly remember?: Memory }>
>;

const reload = (state: ChatState): ChatState => JSON.parse(JSON.stringify(state)) as ChatState;

/** A chat with the pure engine; the state is written out and read again between every two steps. */
export class Talk {
  state: ChatState;
  now = NOW;
  readonly calls: { name: string; args: Json }[] = [];
  work: WorkOrder[] = [];
  last: Say | undefined;

  constructor(
    readonly world: World = {},
    readonly engine: Engine = engineOf(),
    lang: Lang = 'vi',
  ) {
    this.state = engine.empty(lang);
  }

  /** Feeds one event and whatever calls follow from it; returns what was said. */
  send(event: Event): readonly Say[] {
    this.state = reload(this.state);
    let stepped = this.engine.step(this.state, event, this.now);
    const says = [...stepped.says];
    while (stepped.call !== undefined) {
      const { id, name, args } = stepped.call;
      this.calls.push({ name, args });
      const service = this.world[name];
      if (service === undefined) throw new Error(`the scenario's world has no service ${name}`);
      stepped = this.engine.step(
        reload(stepped.state),
        { type: 'result', call: id, ...service(args, stepped.state.memory) },
        this.now,
      );
      says.push(...stepped.says);
    }
    this.work.push(...stepped.work);
    this.state = reload(stepped.state);
    this.last = says.at(-1) ?? this.last;
    this.now += 1000;
    return says;
  }

  text(text: string): readonly Say[] {
    return this.send({ type: 'text', text });
  }

  /** Presses a button of the last message by what stands on it. */
  press(label: string): readonly Say[] {
    const choice = this.last?.choices?.find(
      ({ label: value }) => renderer.value(this.state.lang, value) === label,
    );
    if (choice === undefined) throw new Error(`no button "${label}" under: ${this.plain(this.last)}`);
    return this.send({ type: 'choice', ids: [choice.id], turn: this.last?.turn ?? 0 });
  }

  /** The work that is under way came to its end. */
  worked(result: { readonly value: Json } | { readonly problem: { readonly key: string } }): readonly Say[] {
    const work = this.work.shift();
    if (work === undefined) throw new Error('no work is under way');
    return this.send({ type: 'worked', work: work.id, ...result });
  }

  plain(say: Say | undefined): string {
    return say === undefined ? '' : sayPlain(renderer, this.state.lang, say);
  }
}
