import type { Event } from '../../dialogue/event.ts';
import type { ChatState } from '../../dialogue/state.ts';
import type { Call, Outcome, Stepped, WorkOrder } from '../../dialogue/stepped.ts';
import type { Sealer } from '../../security/sealer.ts';
import type { Effect } from '../../store/effect.ts';
import { available, Overloaded, Unavailable } from '../../store/errors.ts';
import { within } from '../../store/within.ts';
import type { Service, ServiceResult, TalkChange } from '../service.ts';
import type { Chat } from './chats.ts';
import { Draft, echoOf, type Played } from './draft.ts';
import { describeError, park } from './park.ts';
import type { Closes, Engine, Log, OutBody } from './ports.ts';
import { recipientOf } from './talk.ts';
import type { Waiting } from './waiting.ts';

/** A message that fails this often is put aside: the first time may be chance, the third is not. */
const FAILURES_ALLOWED = 3;
/** Services one message may call; a flow that wants more goes round in circles. */
const MAX_CALLS = 8;
/**
 * A service asks the database a few times; one that hangs must not hold its chat up. What takes longer is a database that
 * is slow, and no fault of the message: it comes again.
 */
const SERVICE_PATIENCE_MS = 15_000;

export interface PlannerOptions {
  readonly engine: Engine;
  readonly services: Readonly<Record<string, Service>>;
  readonly sealer: Sealer;
  /** Channels whose people see their own messages in the transcript we keep. */
  readonly echoes: ReadonlySet<string>;
  readonly log: Log;
  /** ms since 1970. */
  readonly clock: () => number;
  /** ms; for tests. */
  readonly servicePatience?: number;
}

/** Steps a chat's events through the engine, and writes nothing. */
export class Planner {
  readonly #options: PlannerOptions;

  constructor(options: PlannerOptions) {
    this.#options = options;
  }

  /** The events in their order, as far as they can be committed together; at least one. Throws what is retryable. */
  async plan(chat: Chat, events: readonly Waiting[]): Promise<Draft> {
    const draft = new Draft(chat, this.#options.engine);
    // Of a talk: the chat that was spoken to last.
    let speaker = chat.conversation.members && recipientOf(chat.conversation, '')?.chat;
    for (const waiting of events) {
      if (draft.full) break;
      if (draft.has(waiting.key)) draft.addAgain(waiting);
      else {
        const played = await this.#play(draft, { ...waiting, event: eventFrom(waiting, speaker) });
        draft.add(waiting, withEcho(this.#echo(waiting), played));
        speaker = waiting.own;
      }
    }
    return draft;
  }

  async #play(draft: Draft, waiting: Waiting): Promise<Played> {
    while (waiting.failures < FAILURES_ALLOWED) {
      try {
        return await this.#step(draft.state, waiting.event, waiting);
      } catch (error) {
        if (error instanceof Unavailable || error instanceof Overloaded) throw error;
        waiting.failures += 1;
        waiting.error = error;
      }
    }
    return this.#park(draft, waiting);
  }

  /** One event to its end, through all the calls it makes. */
  async #step(state: ChatState, event: Event, waiting: Waiting): Promise<Played> {
    const { engine, clock } = this.#options;
    const now = clock();
    const out: OutBody[] = [];
    const work: WorkOrder[] = [];
    const effects: Effect[] = [];
    let talk: Played['talk'];
    let stepped = engine.step(state, event, now);
    for (let calls = 0; ; calls += 1) {
      // The first answer to a press closes, or takes the place of, the message that was pressed.
      for (const say of stepped.says) out.push({ say, ...(out.length === 0 && closes(waiting, stepped)) });
      work.push(...stepped.work);
      const { call } = stepped;
      if (!call)
        return {
          state: stepped.state,
          out,
          work,
          effects,
          ...(talk && { talk }),
          outcome: stepped.outcome,
        };
      if (calls === MAX_CALLS)
        throw new Error(`More than ${MAX_CALLS} calls for one message, the last: ${call.name}`);
      const served = await this.#serve(call, stepped, waiting, now);
      effects.push(...(served.effects ?? []));
      talk = served.talk ? this.#talk(served.talk) : talk;
      stepped = engine.step(stepped.state, resultOf(call, served), now);
    }
  }

  /** A conversation that cannot be read is found out here, while the message can still be parked. */
  #talk(change: TalkChange): Played['talk'] {
    if (!('join' in change)) return change;
    return { ...change, state: this.#options.engine.read(change.join.state) };
  }

  async #serve(call: Call, { state }: Stepped, waiting: Waiting, now: number): Promise<ServiceResult> {
    const service = this.#options.services[call.name];
    if (!service) throw new Error(`No service is called ${call.name}`);
    const { chat, own, channel } = waiting;
    const context = { chat, own, channel, memory: state.memory, lang: state.lang, now };
    const { servicePatience = SERVICE_PATIENCE_MS } = this.#options;
    const serving = within(servicePatience, `service ${call.name}`, service(call.args, context));
    return available(serving, Infinity);
  }

  async #park(draft: Draft, waiting: Waiting): Promise<Played> {
    const { chat, channel, event, error } = waiting;
    this.#options.log.error({ chat, channel, event: event.type, ...describeError(error) }, 'message parked');
    const effects = [park(this.#options.sealer, waiting, this.#options.clock())];
    return { ...(await this.#apologise(draft, waiting)), effects, outcome: 'parked' };
  }

  /** The polite sentence; when even that fails, the message is still put aside and the next one goes on. */
  async #apologise(draft: Draft, waiting: Waiting): Promise<Omit<Played, 'effects' | 'outcome'>> {
    try {
      const { state, out, work } = await this.#step(draft.state, { type: 'parked' }, waiting);
      return { ...(state && { state }), out, work };
    } catch (error) {
      this.#options.log.error(
        { chat: waiting.chat, ...describeError(error) },
        'no answer to a parked message',
      );
      return { out: [], work: [] };
    }
  }

  #echo({ channel, event }: Waiting): readonly OutBody[] {
    const fromShell = event.type === 'result' || event.type === 'worked' || event.type === 'parked';
    return fromShell || !this.#options.echoes.has(channel) ? [] : [{ echo: echoOf(event) }];
  }
}

const eventFrom = ({ event, own }: Waiting, speaker: string | undefined): Event =>
  event.type === 'text' && speaker !== undefined && own !== speaker ? { ...event, elsewhere: true } : event;

/** How a press was taken that was good for something. */
const TAKEN: ReadonlySet<Outcome> = new Set<Outcome>(['answered', 'command', 'started', 'ended', 'call']);

const closes = ({ pressed }: Waiting, { outcome }: Stepped): Closes =>
  pressed === undefined ? {} : { pressed, ...(TAKEN.has(outcome) && { taken: true as const }) };

const withEcho = (echo: readonly OutBody[], played: Played): Played => ({
  ...played,
  out: [...echo, ...played.out],
});

const resultOf = (call: Call, { value, remember }: ServiceResult): Event => ({
  type: 'result',
  call: call.id,
  value,
  ...(remember && { remember }),
});
