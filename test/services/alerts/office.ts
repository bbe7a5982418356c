/** A province's health office for tests: a database of its own, staff, and the services as a chat would call them. */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Memory } from '../../../src/dialogue/event.ts';
import { sayPlain } from '../../../src/dialogue/plain.ts';
import type { Say } from '../../../src/dialogue/say.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { RuleSet } from '../../../src/domain/risk/ruleset.ts';
import type { Role } from '../../../src/domain/roster.ts';
import { newStaffId } from '../../../src/domain/rosterCode.ts';
import { createBlindIndex } from '../../../src/security/blind-index.ts';
import { randomId } from '../../../src/security/random.ts';
import { planAlert } from '../../../src/services/alerts/plan.ts';
import type { AlertSubject } from '../../../src/services/declarations/index.ts';
import type { Service } from '../../../src/services/service.ts';
import { staffServices } from '../../../src/services/staff/index.ts';
import type { StaffParts } from '../../../src/services/staff/parts.ts';
import { sealStaff } from '../../../src/services/staff/record.ts';
import { writeEffects } from '../../../src/services/staff/write.ts';
import type { Effect } from '../../../src/store/effect.ts';
import { areaOf, declaredOf, shippedRules } from '../../domain/risk/facts.ts';
import { NOW, renderer } from '../../harness/talk.ts';
import { type OpenStore, openStore, RING } from '../../store/open-store.ts';

export const THAN_UYEN = '12/03595';
export const SIN_HO = '12/03478';

/** A message as it is read on a telephone without buttons. */
export const plain = (say: Say): string => sayPlain(renderer, 'vi', say);

/** Somebody at a telephone. */
export interface Phone {
  readonly chat: string;
  memory: Memory;
}

export interface Worker extends Phone {
  readonly id: string;
}

export interface NewWorker {
  readonly name?: string;
  readonly role?: Role;
  readonly area?: string;
  /** Where they belong, and stand on duty. */
  readonly facility?: string;
  readonly onDuty?: boolean;
  /** How many chats are linked; the first one is the phone. */
  readonly chats?: number;
}

const withMemory = (memory: Memory, more: Memory): Memory =>
  Object.fromEntries(Object.entries({ ...memory, ...more }).filter(([, value]) => value !== null));

export class Office {
  now = NOW;
  /** The rules that are installed: a test may install others. */
  ruleSet: RuleSet = shippedRules();
  readonly store: OpenStore;
  readonly parts: StaffParts;
  readonly #services: Readonly<Record<string, Service>>;

  constructor(store: OpenStore) {
    this.store = store;
    this.parts = {
      collections: store.database.collections,
      sealer: store.sealer,
      index: createBlindIndex(RING),
      rules: () => this.ruleSet,
      areaOf,
      home: '12',
      channelNames: () => ['terminal', 'web', 'telegram'],
    };
    this.#services = staffServices(this.parts);
  }

  static async open(): Promise<Office> {
    return new Office(await openStore());
  }

  /** As on the first morning: no staff, no alerts, nothing on its way. */
  async begin(): Promise<void> {
    for (const name of ['alerts', 'deliveries', 'staff', 'shifts'] as const)
      await this.collections[name].deleteMany({});
    this.now = NOW;
    this.ruleSet = shippedRules();
  }

  close(): Promise<void> {
    return this.store.close();
  }

  get collections() {
    return this.parts.collections;
  }

  write(effects: readonly Effect[]): Promise<boolean> {
    return writeEffects(this.store.database)(effects);
  }

  /** A citizen, or somebody who has not linked yet. */
  phone(): Phone {
    return { chat: randomId(), memory: {} };
  }

  async worker(given: NewWorker = {}): Promise<Worker> {
    const { name = 'Lò Thị Hoa', role = 'duty', area = THAN_UYEN, onDuty = true, chats = 1 } = given;
    const facility = given.facility === undefined ? {} : { facility: given.facility };
    const id = newStaffId(randomBytes);
    const linked = Array.from({ length: chats }, randomId);
    await this.collections.staff.insertOne({
      _id: id,
      role,
      area,
      ...facility,
      chats: linked,
      active: true,
      sealed: sealStaff(this.parts, id, { name }),
    });
    if (onDuty)
      await this.collections.shifts.insertOne({
        _id: randomId(),
        staff: id,
        area,
        ...facility,
        from: new Date(this.now),
      });
    return { id, chat: linked[0] ?? randomId(), memory: { staff: id } };
  }

  async call(phone: Phone, name: string, args: Json = {}): Promise<Record<string, Json>> {
    return (await this.run(this.#services, phone, name, args)) as Record<string, Json>;
  }

  /** Calls a service as the shell does: effects are written at once or the call is planned anew. */
  async run(
    services: Readonly<Record<string, Service>>,
    phone: Phone,
    name: string,
    args: Json,
  ): Promise<Json> {
    for (let tried = 0; tried < 30; tried += 1) {
      const context = {
        chat: phone.chat,
        own: phone.chat,
        channel: 'toy',
        memory: phone.memory,
        lang: 'vi',
        now: this.now,
      } as const;
      const { value, remember = {}, effects = [] } = await (services[name] as Service)(args, context);
      if (effects.length > 0 && !(await this.write(effects))) {
        await delay(5 * tried); // as the shell does: what was quicker can be read once its journal is written
        continue;
      }
      phone.memory = withMemory(phone.memory, remember);
      return value;
    }
    throw new Error(`${name} was never quick enough`);
  }

  subject(more: Partial<AlertSubject> = {}): AlertSubject {
    return {
      declaration: randomId(),
      person: randomId(),
      declared: declaredOf({ symptoms: ['fever', 'breath'] }),
      level: 'high',
      reasons: [{ key: 'risk.reason.feverBreath', values: { count: 2 } }],
      area: THAN_UYEN,
      at: this.now,
      ...more,
    };
  }

  /** Declares a risk; returns the id of its alert. */
  async alert(more: Partial<AlertSubject> = {}): Promise<string> {
    const subject = this.subject(more);
    await this.write((await planAlert(this.parts)(subject)).effects);
    const doc = await this.collections.alerts.findOne({ subject: subject.declaration }, { sort: { at: -1 } });
    return doc?._id ?? '';
  }

  /** Messages on their way: purpose and chat, in the order they were written. */
  async rows(purpose?: string): Promise<readonly { purpose: string; chat: string; state: string }[]> {
    const docs = await this.collections.deliveries
      .find(purpose === undefined ? {} : { purpose })
      .sort({ readyAt: 1, _id: 1 })
      .toArray();
    return docs.map((doc) => ({ purpose: doc.purpose, chat: doc.chat, state: doc.state }));
  }
}
