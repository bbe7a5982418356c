/** A province that sends campaigns: people with chats, fake channels that note what they took, a clock that stands. */
import { randomBytes } from 'node:crypto';
import type { Channel } from '../../../bots/port.ts';
import { sendTo } from '../../../src/app/deliver.ts';
import { wantedIn } from '../../../src/app/reader.ts';
import type { Outgoing, SendError } from '../../../src/delivery/outgoing.ts';
import type { Memory } from '../../../src/dialogue/event.ts';
import { type CampaignPlan, USUAL_PLAN } from '../../../src/domain/campaign/campaign.ts';
import type { CampaignAct } from '../../../src/domain/campaign/states.ts';
import { startOfDay } from '../../../src/domain/day.ts';
import type { Trip, Whom } from '../../../src/domain/declaration.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { Role } from '../../../src/domain/roster.ts';
import { newStaffId } from '../../../src/domain/rosterCode.ts';
import { randomId } from '../../../src/security/random.ts';
import { sealContext } from '../../../src/security/sealer.ts';
import { type AlertDesk, createAlertDesk } from '../../../src/services/alerts/desk.ts';
import type { WriteEffects } from '../../../src/services/alerts/office.ts';
import { actOnCampaign, makeCampaign } from '../../../src/services/campaigns/act.ts';
import { addList } from '../../../src/services/campaigns/list.ts';
import { runCampaigns } from '../../../src/services/campaigns/run.ts';
import { sealStaff } from '../../../src/services/staff/record.ts';
import { Conversations } from '../../../src/store/conversations.ts';
import { insert } from '../../../src/store/effect.ts';
import { declaredOf } from '../../domain/risk/facts.ts';
import { newConversation } from '../../store/open-store.ts';
import { Office, plain, THAN_UYEN, type Worker } from '../alerts/office.ts';
import { until } from '../converse/toy.ts';

export interface Took {
  readonly channel: string;
  readonly address: string;
  readonly id: string;
  readonly text: string;
  readonly at: number;
}

export interface Citizen {
  readonly chat: string;
  readonly address: string;
  readonly person?: string;
}

export interface NewCitizen {
  readonly channel?: string;
  readonly phone?: string;
  readonly area?: string;
  readonly person?: boolean;
  readonly name?: string;
}

const NAMES = ['telegram', 'web', 'botframework'];

/** The first day of a campaign in these tests, a Tuesday; office time is the day before at nine. */
export const FIRST = '2026-11-24';

const PLAN: CampaignPlan = {
  ...USUAL_PLAN,
  text: 'Đề nghị anh/chị khai báo y tế khi về từ vùng dịch.',
  audience: { kind: 'all' },
  from: FIRST,
};

export class Broadcast {
  readonly office: Office;
  readonly took: Took[] = [];
  readonly edited: { readonly address: string; readonly text: string }[] = [];
  /** ms a campaign's message takes, and when each was begun (monotonic). */
  slow = 0;
  readonly begun: number[] = [];
  /** What a channel answers for an address, instead of taking the message. */
  readonly answers = new Map<string, SendError>();
  readonly channels = new Map<string, Channel>();
  readonly conversations: Conversations;
  readonly write: WriteEffects;
  #desks: AlertDesk[] = [];
  author!: Worker;
  second!: Worker;

  constructor(office: Office) {
    this.office = office;
    this.conversations = new Conversations(office.store.database, office.store.sealer as never);
    this.write = (effects) => office.write(effects);
    for (const name of NAMES) this.switchOn(name);
  }

  static async open(): Promise<Broadcast> {
    const made = new Broadcast(await Office.open());
    await made.begin();
    return made;
  }

  /** Empties the database and sets the clock to nine on the day before the first. */
  async begin(): Promise<void> {
    await this.stop();
    const { collections } = this.office;
    for (const rows of Object.values(collections))
      if (rows.collectionName !== 'keys') await rows.deleteMany({});
    this.took.length = 0;
    this.edited.length = 0;
    this.begun.length = 0;
    this.slow = 0;
    this.answers.clear();
    this.channels.delete('sms');
    this.office.now = startOfDay('2026-11-23') + 9 * 3_600_000;
    this.author = await this.#sender('admin', 'Vàng A Sĩ');
    this.second = await this.#sender('leader', 'Lò Thị Hoa');
    for (const { chat } of [this.author, this.second]) await this.#chat(chat, 'web', `staff ${chat}`, {});
  }

  async close(): Promise<void> {
    await this.stop();
    await this.office.close();
  }

  switchOn(name: string): void {
    const send = async ({ id, address, say, edits }: Outgoing) => {
      if (name === 'telegram') this.begun.push(performance.now());
      if (this.slow > 0 && name === 'telegram')
        await new Promise((resolve) => setTimeout(resolve, this.slow));
      const answer = this.answers.get(address);
      if (answer !== undefined) throw answer;
      if (edits !== undefined) {
        this.edited.push({ address, text: plain(edits.say) });
        return { ref: edits.ref };
      }
      this.took.push({ channel: name, address, id, text: plain(say), at: this.office.now });
      return name === 'telegram' ? { ref: `ref ${id}` } : {};
    };
    const capabilities = { takes: name === 'web' ? 'page' : 'webhook' };
    this.channels.set(name, { name, send, capabilities } as unknown as Channel);
  }

  /** Somebody of the province who may write and approve, with an id as a command gives it. */
  async #sender(role: Role, name: string): Promise<Worker> {
    const [id, chat] = [newStaffId(randomBytes), randomId()];
    const sealed = sealStaff(this.office.parts, id, { name });
    const document = { _id: id, role, area: '12', chats: [chat], active: true, sealed };
    await this.office.collections.staff.insertOne(document);
    return { id, chat, memory: { staff: id } };
  }

  async #chat(id: string, channel: string, address: string, memory: Memory): Promise<void> {
    const old = newConversation(id);
    const next = { ...old, channel, address, rev: 1, state: { lang: 'vi', memory } as unknown as Json };
    await this.conversations.commit({ next, out: [], work: [], finished: [], effects: [] });
  }

  /** Somebody who has written to us; `person`: we know who they are. */
  async citizen({
    channel = 'telegram',
    phone,
    area = THAN_UYEN,
    person = true,
    name = 'Lò Văn Pản',
  }: NewCitizen = {}): Promise<Citizen> {
    const [chat, who] = [randomId(), randomId()];
    const address = `${channel} of ${chat}`;
    await this.#chat(chat, channel, address, person ? { person: who } : {});
    if (!person) return { chat, address };
    const { sealer, index, collections } = this.office.parts;
    const home = { code: area.split('/').at(-1) ?? '', said: '' };
    const known = { name, born: '1990', sex: 'male', home, ...(phone && { phone }) };
    await collections.people.insertOne({
      _id: who,
      sealed: sealer.seal(sealContext('people', 'sealed', who), known as unknown as Json),
      chats: [chat],
      ...(phone && { phoneIndex: index('phone', phone) }),
      deleteAt: new Date(this.office.now + 90 * 86_400_000),
    });
    return { chat, address, person: who };
  }

  /** The memory of a chat as a message of its person leaves it. */
  async remember(chat: string, memory: Memory): Promise<void> {
    const old = await this.conversations.load(chat);
    if (old === null) throw new Error('no such chat');
    const before = (old.state as unknown as { memory: Memory }).memory;
    const state = { lang: 'vi', memory: { ...before, ...memory } } as unknown as Json;
    const next = { ...old, rev: old.rev + 1, state };
    await this.conversations.commit({ next, out: [], work: [], finished: [], effects: [] });
  }

  /** They connect their chat with another of theirs: it is a part of a talk from now on, whose id this is. */
  async connect({ chat }: Citizen): Promise<string> {
    const old = await this.conversations.load(chat);
    if (old === null) throw new Error('no such chat');
    const { channel, address, state } = old;
    const talk = randomId();
    const members = [{ chat, channel, address }];
    const none = { out: [], work: [], finished: [], effects: [] };
    const shared = { ...newConversation(talk), channel, address, state, rev: 1, members };
    await this.conversations.commit({ next: shared, ...none });
    const alias = { ...old, rev: old.rev + 1, state: { lang: 'vi', memory: {} }, talk };
    await this.conversations.commit({ next: alias, ...none });
    return talk;
  }

  /**
   * They declare now, for three days; `trip`: another journey than by coach; `whom`: for whom, as it was not kept in older
   * declarations.
   */
  async declare(
    { chat, person = randomId() }: Pick<Citizen, 'chat' | 'person'>,
    trip: Trip = declaredOf({}).trip,
    whom?: Whom,
  ): Promise<void> {
    const { sealer, collections } = this.office.parts;
    const _id = randomId();
    const now = new Date(this.office.now);
    const declared = { ...declaredOf({}), trip };
    const sealed = {
      code: '',
      consent: { version: '', at: 0 },
      declared,
      reasons: [],
      ...(whom && { whom }),
    };
    await collections.declarations.insertOne({
      _id,
      kind: 'domestic',
      person,
      declaredBy: chat,
      chats: [chat],
      at: now,
      version: 1,
      codeIndex: _id,
      validFrom: now,
      validUntil: new Date(this.office.now + 3 * 86_400_000),
      status: 'valid',
      area: THAN_UYEN,
      level: 'low',
      rulesVersion: '1',
      sealed: sealer.seal(sealContext('declarations', 'sealed', _id), sealed as unknown as Json),
      deleteAt: new Date(this.office.now + 90 * 86_400_000),
    });
  }

  async actor(worker: Worker) {
    const doc = await this.office.collections.staff.findOne({ _id: worker.id });
    return { id: worker.id, role: doc?.role as 'admin', area: doc?.area ?? '', name: 'Vàng A Sĩ' };
  }

  /** What somebody does to a campaign; returns how it went. */
  async act(id: string, act: CampaignAct, by = this.author): Promise<string> {
    const result = await actOnCampaign(this.office.parts, id, act, await this.actor(by), this.office.now);
    if (result.is === 'done' && !(await this.write(result.effects))) return 'stale';
    return result.is;
  }

  /** A campaign that somebody wrote and somebody else approved; `numbers`: its imported list. */
  async approved(more: Partial<CampaignPlan> = {}, numbers: readonly string[] = []): Promise<string> {
    const { parts } = this.office;
    const actor = await this.actor(this.author);
    const made = makeCampaign(parts, { ...PLAN, ...more }, actor, this.office.now);
    if (made.is !== 'made') throw new Error(made.is);
    const id = made.document._id;
    await addList(parts, id, numbers, this.office.now);
    await this.write([insert('campaigns', made.document)]);
    await this.act(id, 'submit');
    await this.act(id, 'approve', this.second);
    return id;
  }

  /** A process that sends what is due. */
  start(): AlertDesk {
    const { conversations } = this;
    const desk = createAlertDesk({
      ...this.office.parts,
      database: this.office.store.database,
      send: sendTo(this.channels, conversations, () => undefined),
      wanted: wantedIn(conversations),
      now: () => this.office.now,
      sweepEvery: 50,
    });
    desk.start();
    this.#desks.push(desk);
    return desk;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#desks.map((desk) => desk.stop()));
    this.#desks = [];
  }

  /** Runs the tick at a time of a day ('2026-11-24', '07:30'), to its end however long this machine takes. */
  async tick(day: string, time: string): Promise<void> {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    this.office.now = startOfDay(day) + (hours * 60 + minutes) * 60_000;
    await runCampaigns({ staff: this.office.parts, write: this.write }, this.office.now, () => true);
  }

  /** Waits until nothing of campaigns is due any more. */
  async quiet(): Promise<void> {
    const { deliveries } = this.office.collections;
    const state = { $in: ['ready', 'leased', 'submitting'] as const };
    await until(async () => {
      const due = { state: { $in: [...state.$in] }, readyAt: { $lte: new Date(this.office.now) } };
      return (await deliveries.countDocuments(due)) === 0;
    });
  }

  /** What was taken of campaigns, by whom and on which day of the month. */
  sent(): readonly string[] {
    return this.took
      .filter(({ id }) => /^C\w{4}\|[\d-]+\|/.test(id))
      .map(({ id, channel }) => `${id.slice(14, 16)} ${channel} ${id.slice(17)}`);
  }
}
