import type { ShownDeclaration } from '../../flows/mine.ts';
import type { Before } from '../../flows/parts/again.ts';
import type { Companion } from '../../flows/parts/along.ts';
import type { CardAnswer } from '../../flows/parts/card.ts';
import type { DeclarationResult } from '../../flows/parts/closing.ts';
import { CONSENT } from '../../flows/parts/consent.ts';
import { line } from '../../src/dialogue/say.ts';
import type { Declared, Level, Reason } from '../../src/domain/declaration.ts';
import type { Json } from '../../src/domain/json.ts';
import type { Standing } from '../../src/domain/passage.ts';
import { NOW, type World } from './talk.ts';

/** Codes with a right check character; the second one is of a declaration made in another chat. */
export const OWN_CODE = '7K3M9QXT2BN';
export const FOREIGN_CODE = '5H2R8WYD4NH';

const UNTIL = Date.parse('2026-11-26T16:59:59Z');
const HOTLINE = '0213 3876 115';

const HOME = { code: '03434', said: 'bản Nà Cang, xã Nậm Hàng', detail: 'bản Nà Cang' };
const HANOI = { code: '01', said: 'Hà Nội đến Than Uyên' };
const THAN_UYEN = { code: '03595', said: 'Hà Nội đến Than Uyên' };

/** A citizen card as the reader gives it; the people are made up. */
export const CARDS: Readonly<Record<string, CardAnswer & Json>> = {
  card: {
    idNumber: '012090001234',
    name: 'Lò Văn Pản',
    born: '1990-03-15',
    sex: 'male',
    home: { code: '03434', said: 'Bản Nà Cang, Nậm Hàng, Nậm Nhùn, Lai Châu', detail: 'Bản Nà Cang' },
  },
  'card without a home': { idNumber: '012190005678', name: 'Vàng Thị Mỷ', born: '1990-07-02', sex: 'female' },
};

/** Lists of phone numbers as the reader gives them; the numbers stay where they are kept. */
export const LISTS: Readonly<Record<string, Json>> = {
  'list with rows that are none': {
    list: 'a-list',
    accepted: 1204,
    rejected: 6,
    first: [
      { row: 4, reason: 'twice', values: { row: 2 } },
      { row: 9, reason: 'landline' },
      { sheet: 'Bum Tở', row: 3, reason: 'rounded' },
    ],
  },
  'list that was typed': {
    list: 'another-list',
    accepted: 2,
    rejected: 1,
    first: [{ row: 3, said: '09123', reason: 'tooShort' }],
  },
  'list without a number': {
    list: 'no-list',
    accepted: 0,
    rejected: 1,
    first: [{ row: 1, reason: 'hotline' }],
  },
};

const LAST: Before = {
  person: {
    name: 'Lò Văn Pản',
    born: '1990-03-15',
    sex: 'male',
    idNumber: '012090001234',
    phone: '+84912345678',
    home: HOME,
  },
  trip: { from: HANOI, to: THAN_UYEN, means: 'coach', vehicle: '29B-123.45', seat: '12', day: '2026-10-02' },
  stay: THAN_UYEN,
  consent: CONSENT,
};

/** Ill at home: from there to there, by nothing. */
const STAYED = { from: HOME, to: HOME, means: 'none', day: '2026-11-22' } as const;

const DECLARED: Declared = {
  person: {
    name: 'Lò Văn Pản',
    born: '1990-03-15',
    sex: 'male',
    id: { kind: 'national', number: '012090001234' },
    phone: '+84912345678',
    home: HOME,
  },
  trip: { from: HANOI, to: THAN_UYEN, means: 'coach', day: '2026-11-22' },
  stay: THAN_UYEN,
  health: { symptoms: ['cough'], exposures: [], places: [{ code: '15', said: 'Lào Cai' }] },
};

const shown = (status: ShownDeclaration['status'], declared = DECLARED): ShownDeclaration => ({
  id: 'd1',
  code: OWN_CODE,
  status,
  validUntil: UNTIL,
  declared,
});

const own = (id: string, status: string, name = DECLARED.person.name, to = '03595', code = OWN_CODE) => ({
  id,
  code,
  name,
  to,
  day: '2026-11-22',
  status,
});

const told = (
  level: Level = 'low',
  reasons: readonly Reason[] = [],
  staff: DeclarationResult['staff'] = 'none',
) =>
  ({
    code: OWN_CODE,
    level,
    reasons,
    validUntil: UNTIL,
    hotline: HOTLINE,
    staff,
    name: 'Nguyễn Văn An',
  }) satisfies DeclarationResult as unknown as Json;

const answer = (value: unknown) => () => ({ value: value as Json });

const openByCode: World[string] = (args) => {
  const { code, digits } = args as { code: string; digits?: string };
  const mine = code === OWN_CODE;
  const proved = code === FOREIGN_CODE && digits === '5678';
  return { value: { found: mine || proved, id: mine || proved ? 'd1' : '' } };
};

const offered = (args: Json): Json | undefined =>
  (args as { code: string }).code === 'KN7K3M9QXT'
    ? { is: 'offer', channel: 'telegram', staff: 'nobodys' }
    : undefined;

/** As the service does it, from the memory of the chat; without its clock. */
const tripAtHand: World[string] = (args, memory) => {
  const scanned = (args as { plate: string | null }).plate ?? null;
  const value = { last: memory.lastDeclared ?? null, plate: scanned ?? memory.scanned ?? null };
  return scanned === null ? { value } : { value, remember: { scanned } };
};

const companionOf = ({ person, trip, stay }: Declared): Companion => ({
  trip,
  stay,
  home: person.home,
  consent: CONSENT,
});

const submitDeclaration: World[string] = (args) => {
  const { declared } = args as unknown as { declared: Declared };
  return {
    value: told(),
    remember: { person: 'p1', lastDeclared: companionOf(declared) as unknown as Json },
  };
};

const newcomer: World = {
  lastDeclaration: answer(null),
  tripAtHand,
  submitDeclaration,
  ownDeclarations: answer([]),
  openByCode,
  showDeclaration: answer(shown('valid')),
  recordMovement: answer(told()),
  correctDeclaration: answer(told()),
  withdrawDeclaration: answer(true),
  giveFeedback: answer({ is: 'given' }),
  offerTalk: answer({
    is: 'offer',
    code: 'KN7K3M9QXT',
    minutes: 10,
    links: [
      { channel: 'telegram', url: 'https://t.me/khaibao_example_bot?start=KN7K3M9QXT' },
      { channel: 'web', url: 'https://khaibao.example/?say=KN7K3M9QXT' },
    ],
  }),
  checkTalk: (args) => ({ value: offered(args) ?? { is: 'wrong', left: 4 } }),
  joinTalk: (args) => ({
    value: offered(args) === undefined ? { is: 'gone' } : { is: 'joined', channel: 'telegram', drafts: true },
    remember: { talk: true },
  }),
  watchedHere: answer([{ id: 'f1', name: 'Lò Văn Pản' }]),
  answerFollowUp: (args) => {
    const { how, temperature } = args as { readonly how: string; readonly temperature: string };
    const bad = how === 'unwell' || Number(temperature) >= 38 || temperature === 'fever';
    return { value: bad ? { is: 'bad', staff: 'told', hotline: HOTLINE } : { is: 'well' } };
  },
  confirmStay: answer({ count: 1 }),
  stopUnasked: () => ({ value: null, remember: { unwanted: ['movement'] } }),
  resumeUnasked: () => ({ value: null, remember: { unwanted: [] } }),
  talkMembers: answer({
    is: 'members',
    members: [
      { chat: 'c1', channel: 'telegram', here: false },
      { chat: 'c2', channel: 'web', here: true },
      { chat: 'c3', channel: 'web', here: false },
    ],
  }),
  leaveTalk: (args) => {
    const here = (args as { chat: string }).chat === 'c2';
    return { value: { is: 'left', channel: here ? 'web' : 'telegram', here } };
  },
};

const one: World = { ...newcomer, ownDeclarations: answer([own('d1', 'valid')]) };

const risky = told('high', [{ key: 'risk.reason.redZoneSymptom', values: { place: '01' } }], 'told');

const STATION = { place: '03595', facility: 'Trạm y tế xã Than Uyên' };

/** A nurse of Than Uyên; the invitation NV-7K3M-9PVT makes a chat hers. */
const staff: World = {
  ...one,
  linkStaff: (args) =>
    (args as { code: string }).code === 'NV7K3M9PVT'
      ? {
          value: { is: 'linked', name: 'Lò Thị Hoa', role: 'duty', place: '03595', onDuty: true, open: 2 },
          remember: { staff: 's1' },
        }
      : { value: { is: 'wrong', left: 4 } },
  trainingState: (_args, memory) => ({
    value: { is: typeof memory.training === 'number' ? 'training' : 'real' },
  }),
  beginTraining: () => ({ value: { is: 'begun' }, remember: { training: NOW } }),
  endTraining: () => ({ value: { is: 'ended' }, remember: { training: null } }),
  unlinkStaff: () => ({ value: { is: 'unlinked' }, remember: { staff: null } }),
  staffState: answer({ is: 'known', ...STATION, may: true, since: NOW, open: 1 }),
  setDuty: (args) => ({
    value: { is: (args as { on: boolean }).on ? 'on' : 'off', ...STATION, open: 1, mine: 1 },
  }),
  colleagues: answer({
    is: 'colleagues',
    all: [
      { id: 's1', name: 'Lò Thị Hoa', place: '03595', since: NOW, mine: true, takes: false },
      {
        id: 's2',
        name: 'Vàng A Sĩ',
        ...STATION,
        since: NOW,
        mine: false,
        takes: true,
      },
      { id: 's3', name: 'Lý Thị Đêm', place: '12', since: null, mine: false, takes: false },
    ],
  }),
  handOver: answer({ is: 'handed', name: 'Lý Thị Đêm', count: 2 }),
  takeOver: answer({ is: 'taken', name: 'Vàng A Sĩ', count: 2, open: 1 }),
  inbox: answer({
    is: 'inbox',
    alerts: [
      { id: 'a1', level: 'critical', mine: false, who: 'L. V. P., 1990, Nam', place: '03595', at: NOW },
      { id: 'a2', level: 'high', mine: true, who: 'Vàng Thị Mỷ', place: '03595', at: NOW },
    ],
    feedback: [{ id: 'f1', kind: 'checkpoint', at: NOW }],
    more: 3,
  }),
  showReport: answer({
    is: 'report',
    lines: [
      line('report.head', { date: { date: '2026-11-23' }, place: { place: '12' } }),
      line('report.span', { until: { time: NOW } }),
      line('report.declared', {
        count: line('report.pair', { today: 109, yesterday: 70 }),
        whole: 188,
      }),
    ],
    image: { kind: 'chart', report: '2026-11-23~x', day: '2026-11-23', area: '12' },
    file: { kind: 'report', report: '2026-11-23~x', day: '2026-11-23', area: '12' },
  }),
  alertAct: answer({
    is: 'shown',
    lines: [line('alert.news.claimed', { who: 'L. V. P.', name: 'Lò Thị Hoa' })],
    choices: [{ id: '/go:closeAlert:id=a1', label: line('alert.do.close') }],
  }),
  mayCloseAlert: answer({ is: 'yes', who: 'L. V. P., 1990, Nam' }),
  closeAlert: answer({ is: 'closed' }),
  recentlyClosed: answer({ is: 'inbox', alerts: [] }),
  showFeedback: answer({
    is: 'feedback',
    kind: 'checkpoint',
    at: NOW,
    answered: false,
    note: 'Máy quét hỏng',
    phone: '+84912345678',
    answer: '',
  }),
  answerFeedback: answer({ is: 'sent' }),
};

const head = (state: string) => [
  line('campaign.head', { id: 'C7K3M', state: line(`campaign.state.${state}`) }),
  line('campaign.quote', { text: 'Đề nghị anh/chị khai báo y tế khi về từ vùng dịch.' }),
];

interface Drafted {
  readonly audience: { readonly kind: string; readonly areas?: string[]; readonly means?: string[] };
  readonly channels?: string[];
  readonly from?: string;
  readonly days?: number;
  readonly hours?: string;
}

/** A draft as the service shows it: whom it is for, how many, when, and what an SMS of it is. */
const draft = ({ audience, channels, from = '2026-11-23', days = 5, hours = '08:00-20:00' }: Drafted) => [
  ...head('draft'),
  line(`campaign.whom.${audience.kind}`, {
    places: { list: (audience.areas ?? []).map((place) => ({ place })) },
    means: { list: (audience.means ?? []).map((one) => line(`means.${one}`)) },
  }),
  ...(channels === undefined
    ? []
    : [line('campaign.order', { channels: { list: channels.map((one) => line(`channel.${one}`)) } })]),
  ...(audience.kind === 'list' ? [line('campaign.listReach')] : []),
  line('campaign.count', { total: { count: 1280 } }),
  line('campaign.channels', {
    channels: {
      list: [
        line('campaign.channel', { channel: line('channel.telegram'), count: { count: 1000 } }),
        line('campaign.channel', { channel: line('channel.sms'), count: { count: 200 } }),
      ],
    },
  }),
  line('campaign.noChannel', { count: { count: 80 } }),
  line('campaign.firstIf', { date: { date: from }, time: { time: Date.parse(`${from}T19:00+07:00`) } }),
  line('campaign.hours', { days, opens: hours.slice(0, 5), closes: hours.slice(6) }),
  line('campaign.takes', { minutes: { count: 1 } }),
  line('campaign.takesUnknown', { channels: { list: [line('channel.sms')] } }),
  line('campaign.sms.gsm7', {
    segments: 1,
    text: 'De nghi anh/chi khai bao y te khi ve tu vung dich.\nTu choi: soan DUNG',
  }),
  line('campaign.segments', { segments: { count: 200 }, all: { count: 1000 } }),
  line('campaign.costTariff', { cost: { count: 550_000 }, source: 'VNPT Nghệ An, 29/10/2013' }),
];

const campaignAct: World[string] = (args) => {
  const { do: act } = args as { do: string };
  const lines =
    act === 'show'
      ? [
          ...head('running'),
          line('campaign.progress', {
            date: { date: '2026-11-24' },
            sent: 900,
            total: 1200,
            left: 280,
            failed: 20,
          }),
        ]
      : [line(`campaign.done.${act}`, { id: 'C7K3M', date: { date: '2026-11-24' } })];
  const next =
    act === 'show' || act === 'resume' ? ['pause', 'stop'] : act === 'pause' ? ['resume', 'stop'] : [];
  const choices = next.map((one) => ({
    id: one === 'stop' ? '/go:stopCampaign:id=C7K3M' : `/go:campaign:id=C7K3M&do=${one}`,
    label: line(`campaign.do.${one}`),
  }));
  return { value: { is: 'shown', lines, choices } as unknown as Json };
};

/** Codes with a right check character: of a declaration that has ended, and of none. */
const ENDED_CODE = '8QW3E5R6TY8';
const NO_CODE = '2C9T4KX7MBS';

const STATIONS = [
  { code: 'son-binh', name: { vi: 'chốt số 1 Sơn Bình', en: 'checkpoint 1 Sơn Bình' } },
  { code: 'muong-kim', name: { vi: 'chốt số 2 Mường Kim', en: 'checkpoint 2 Mường Kim' } },
];

const standAtCheckpoint: World[string] = (args, memory) => {
  const wanted = (args as { checkpoint?: string }).checkpoint ?? memory.checkpoint;
  const here = STATIONS.find(({ code }) => code === wanted)?.code ?? null;
  return {
    value: { is: 'checkpoints', here, all: STATIONS },
    remember: { checkpoints: true, checkpoint: here },
  };
};

const STANDING: Readonly<Record<string, Standing>> = {
  [OWN_CODE]: 'valid',
  [ENDED_CODE]: 'ended',
  [FOREIGN_CODE]: 'withdrawn',
  [NO_CODE]: 'unknown',
};

const lookAtCode: World[string] = (args) => {
  const { code } = args as { code: string | null };
  const standing = code === null ? 'none' : (STANDING[code] ?? 'unknown');
  const seen = { who: 'L. V. P., 1990, Nam', until: { time: UNTIL } };
  const noted = { time: { time: NOW }, checkpoint: { named: STATIONS[0]?.name ?? { vi: '', en: '' } } };
  const lines = [
    line(`passage.seen.${standing}`, standing === 'valid' || standing === 'ended' ? seen : {}),
    ...(standing === 'ended'
      ? [line('passage.noted', { ...noted, decision: line('passage.decision.handedOver') })]
      : []),
  ];
  return { value: { is: 'seen', standing, lines } as unknown as Json };
};

/** An officer at the checkpoints of the province. */
const officer: World = {
  ...staff,
  linkStaff: () => ({
    value: { is: 'linked', name: 'Sùng A Chư', role: 'officer', place: '12', onDuty: false, open: 0 },
    remember: { staff: 's5', checkpoints: true },
  }),
  standAtCheckpoint,
  lookAtCode,
  recordPassage: answer({ is: 'recorded' }),
  unlinkStaff: () => ({
    value: { is: 'unlinked' },
    remember: { staff: null, checkpoints: null, checkpoint: null },
  }),
};

/** A leader of the province, who writes and approves campaigns. */
const leader: World = {
  ...staff,
  campaigns: answer({ is: 'campaigns', campaigns: [{ id: 'C7K3M', state: 'running', at: NOW }] }),
  campaignWays: answer({ is: 'ways', channels: ['telegram'] }),
  draftCampaign: (args) => ({
    value: {
      is: 'shown',
      lines: draft(args as unknown as Drafted),
      choices: ['submit', 'stop'].map((act) => ({
        id: act === 'stop' ? '/go:stopCampaign:id=C7K3M' : `/go:campaign:id=C7K3M&do=${act}`,
        label: line(`campaign.do.${act}`),
      })),
    } as unknown as Json,
  }),
  campaignAct,
};

/** What the services say, by the name a scenario's header gives. */
export const WORLDS: Readonly<Record<string, World>> = {
  newcomer,
  returning: { ...one, lastDeclaration: answer(LAST) },
  'a journey under way': { ...one, tripAtHand: answer({ last: companionOf(DECLARED), plate: null }) },
  'returning, no plate last time': {
    ...one,
    lastDeclaration: answer({ ...LAST, trip: { ...LAST.trip, vehicle: undefined, seat: undefined } }),
  },
  'returning, at home last time': {
    ...one,
    lastDeclaration: answer({ ...LAST, trip: STAYED, stay: HOME }),
    showDeclaration: answer(shown('valid', { ...DECLARED, trip: STAYED, stay: HOME })),
  },
  'returning, older consent': { ...one, lastDeclaration: answer({ ...LAST, consent: '2025-01' }) },
  'one declaration': one,
  'several declarations': {
    ...newcomer,
    ownDeclarations: answer([
      own('d1', 'valid'),
      own('d2', 'ended', 'Vàng Thị Mỷ', '03478'),
      own('d3', 'withdrawn'),
    ]),
  },
  'declarations of one journey': {
    ...newcomer,
    ownDeclarations: answer([
      own('d1', 'valid'),
      own('d2', 'valid', 'Vàng Thị Mỷ'),
      own('d3', 'valid', DECLARED.person.name, '03595', FOREIGN_CODE),
    ]),
  },
  'shown at a checkpoint': {
    ...one,
    showDeclaration: answer({
      ...shown('valid'),
      passages: [{ at: NOW, checkpoint: STATIONS[0]?.name, decision: 'passed' }],
    }),
  },
  'ended declaration': { ...one, showDeclaration: answer(shown('ended')) },
  'withdrawn declaration': {
    ...one,
    showDeclaration: answer(shown('withdrawn')),
    correctDeclaration: answer(null),
  },
  'gone declaration': {
    ...one,
    showDeclaration: answer(null),
    recordMovement: answer(null),
    correctDeclaration: answer(null),
    withdrawDeclaration: answer(false),
  },
  'one channel only': {
    ...newcomer,
    offerTalk: answer({ is: 'full' }),
    checkTalk: answer({ is: 'tooMany', minutes: 40 }),
    talkMembers: answer({ is: 'members', members: [{ chat: 'c2', channel: 'web', here: true }] }),
    leaveTalk: answer({ is: 'gone' }),
  },
  'another staff chat': {
    ...newcomer,
    checkTalk: answer({ is: 'offer', channel: 'botframework', staff: 'mine' }),
    joinTalk: answer({ is: 'staff' }),
  },
  ...Object.fromEntries(
    ['self', 'same', 'busy', 'full', 'staff', 'training', 'gone'].map((is) => [
      `a code that is ${is}`,
      { ...newcomer, checkTalk: answer({ is }) },
    ]),
  ),
  'fever from 38.5': { ...newcomer, watchedHere: answer([{ id: 'f1', name: 'Lò Văn Pản', fever: 38.5 }]) },
  'too many wrong codes': { ...newcomer, openByCode: answer({ found: false, limited: true, id: '' }) },
  staff,
  officer,
  'an officer whose code changes': { ...officer, recordPassage: answer({ is: 'changed' }) },
  'an officer whose area changes': { ...officer, recordPassage: answer({ is: 'moved' }) },
  'an officer without a checkpoint': {
    ...officer,
    standAtCheckpoint: answer({ is: 'checkpoints', here: null, all: [] }),
  },
  leader,
  'leader who links': {
    ...leader,
    linkStaff: () => ({
      value: { is: 'linked', name: 'Vàng A Páo', role: 'leader', place: '12', onDuty: false, open: 0 },
      remember: { staff: 's9', reports: true, campaigns: true },
    }),
  },
  'leader, own campaign': {
    ...leader,
    campaignWays: answer({ is: 'ways', channels: ['telegram', 'botframework', 'web'] }),
    campaignAct: answer({ is: 'own' }),
  },
  'staff off duty': {
    ...staff,
    staffState: answer({ is: 'known', place: '03595', may: true, since: null, open: 0 }),
    inbox: answer({ is: 'inbox', alerts: [], feedback: [], more: 0 }),
    mayCloseAlert: answer({ is: 'closed' }),
    alertAct: answer({ is: 'gone' }),
  },
  'staff who have taken none': {
    ...staff,
    inbox: answer({
      is: 'inbox',
      alerts: [{ id: 'a1', level: 'high', mine: false, who: 'L. V. P., 1990, Nam', place: '03595', at: NOW }],
      feedback: [],
      more: 0,
    }),
  },
  'staff told of a slow owner': {
    ...staff,
    inbox: answer({
      is: 'inbox',
      alerts: [
        { id: 'a1', level: 'critical', mine: false, stalled: true, who: 'L. V. P.', place: '03595', at: NOW },
        { id: 'a2', level: 'high', mine: true, who: 'Vàng Thị Mỷ', place: '03595', at: NOW },
      ],
      feedback: [],
      more: 0,
    }),
    alertAct: (args) => {
      const { do: act } = args as { do: string };
      if (act === 'release') return { value: { is: 'released' } };
      const lines = [line(`alert.${act === 'call' ? 'called' : 'claimed'}`)];
      return { value: { is: 'shown', lines, choices: [] } as unknown as Json };
    },
  },
  'staff with two alerts': {
    ...staff,
    inbox: answer({
      is: 'inbox',
      alerts: [
        { id: 'a2', level: 'high', mine: true, who: 'Vàng Thị Mỷ', place: '03595', at: NOW },
        { id: 'a3', level: 'high', mine: true, who: 'Lý A Sử', place: '03595', at: NOW + 60_000 },
        { id: 'a4', level: 'high', mine: false, who: 'L. V. P., 1990, Nam', place: '03595', at: NOW },
      ],
      feedback: [],
      more: 0,
    }),
  },
  'staff who have called': {
    ...staff,
    inbox: answer({
      is: 'inbox',
      alerts: [
        { id: 'a2', level: 'high', mine: true, called: true, who: 'Lý A Sử', place: '03595', at: NOW },
      ],
      feedback: [],
      more: 0,
    }),
    alertAct: (args) => {
      const noted = (args as { do: string }).do === 'report';
      const values = { time: { time: NOW + 72 * 60_000 }, name: 'Lò Thị Hoa', minutes: 12 };
      const lines = [
        ...(noted ? [line('alert.reportNoted')] : []),
        line('alert.head', { level: line('level.high'), who: 'Lý A Sử' }),
        noted
          ? line('alert.reported.late', values)
          : line('alert.reportLate', { time: { time: NOW + 60 * 60_000 } }),
        ...(noted ? [] : [line('alert.yours.called')]),
      ];
      const choices = ['call', ...(noted ? [] : ['report'])].map((what) => ({
        id: `/go:alert:do=${what}&id=a2`,
        label: line(`alert.do.${what}`),
      }));
      return { value: { is: 'shown', lines, choices } as unknown as Json };
    },
  },
  'staff who closed the wrong alert': {
    ...staff,
    alertAct: answer({
      is: 'shown',
      lines: [line('alert.reopened'), line('alert.head', { level: line('level.high'), who: 'Lý A Sử' })],
      choices: ['call', 'close'].map((what) => ({
        id: `/go:alert:do=${what}&id=a3`,
        label: line(`alert.do.${what}`),
      })),
    }),
    recentlyClosed: answer({
      is: 'inbox',
      alerts: ['Vàng Thị Mỷ', 'L. A. S., 1984, Nam'].map((who, n) => ({
        id: `a${n + 2}`,
        level: 'high',
        mine: false,
        closed: true,
        who,
        place: '03595',
        at: NOW + n * 60_000,
      })),
    }),
  },
  'staff of another role': {
    ...staff,
    staffState: answer({ is: 'known', place: '12', may: false, since: null, open: 0 }),
    showReport: answer({ is: 'notAllowed' }),
    campaigns: answer({ is: 'notAllowed' }),
    standAtCheckpoint: answer({ is: 'notAllowed' }),
    campaignWays: answer({ is: 'notAllowed' }),
  },
  risky: { ...one, submitDeclaration: answer(risky), recordMovement: answer(risky) },
  critical: {
    ...one,
    submitDeclaration: answer(
      told('critical', [{ key: 'risk.reason.feverBleeding' }, { key: 'risk.reason.contact' }], 'told'),
    ),
  },
};
