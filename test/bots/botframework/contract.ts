import { DONE } from '../../../src/dialogue/question/choice.ts';
import type { TestApp } from '../../harness/app.ts';
import type { Activity } from '../../harness/botframework/activity.ts';
import { readable } from '../../harness/botframework/activity.ts';
import { type Connector, startConnector } from '../../harness/botframework/connector.ts';
import type { BotPerson } from '../../harness/botframework/person.ts';
import type { Phone } from '../../harness/wires.ts';
import { type Bad, type Contract, type Fault, type Good, REPORT_FILE, type Recorded } from '../contract.ts';

/** Everything on the screen, what can be ticked too. */
const shown = (activity: Activity): string => {
  const ticks = [...JSON.stringify(activity.attachments ?? []).matchAll(/"title":"([^"]*)"/g)];
  return [readable(activity), ...ticks.map(([, title]) => title)].join('\n');
};

const phoneOf = (person: BotPerson): Phone => ({
  say: async (text) => void (await person.say(text)),
  hear: async (part) => {
    const heard: string[] = [];
    for (;;) {
      const text = shown(
        await person.next().catch((cause) => {
          throw new Error(`never heard "${part}"; heard:\n${heard.join('\n---\n')}`, { cause });
        }),
      );
      if (text.includes(part)) return text;
      heard.push(text);
    }
  },
  press: async (label) => void (await person.press(label)),
  close: () => undefined,
});

interface Wish {
  readonly activity?: Readonly<Record<string, unknown>>;
  readonly token?: Parameters<Connector['identity']['signToken']>[0];
}

/** Raw posts as a channel makes them, from one person in one conversation. */
const requests = (connector: Connector, person: BotPerson) => {
  const { serviceUrl, identity } = connector;
  let last = 0;
  return ({ activity, token }: Wish = {}) => {
    last += 1;
    const body = {
      ...person.activity(),
      id: `recorded-${last}`,
      timestamp: '2026-11-23T03:04:05.678Z',
      ...activity,
    };
    return {
      headers: { authorization: `Bearer ${identity.signToken(token)}` },
      body: { serviceUrl, ...body },
    };
  };
};

type Request = ReturnType<typeof requests>;

const photoUrl = (connector: Connector): string =>
  connector.files.keep({
    bytes: new Uint8Array([0xff, 0xd8]),
    type: 'image/jpeg',
    name: 'the.jpg',
    guarded: false,
  });

const good = (request: Request, connector: Connector, person: BotPerson): readonly Good[] => {
  const url = photoUrl(connector);
  const { serviceUrl } = connector;
  const photo = { contentType: 'image/jpeg', contentUrl: url, name: 'the.jpg' };
  const list = { contentType: 'text/csv', contentUrl: url, name: 'so.csv' };
  const html = { contentType: 'text/html', content: '<p>khai báo</p>' };
  const ref = JSON.stringify({ url, serviceUrl });
  const text = { type: 'text', text: 'khai báo' } as const;
  const rows: readonly (readonly [string, Record<string, unknown>, Good['event']])[] = [
    ['a text', { text: 'khai báo' }, text],
    ['a text with what nobody types', { text: ' khai\u202e\u0007 ba\u0301o\u00a0' }, text],
    ['a text that Teams repeats as HTML', { text: 'khai báo', attachments: [html] }, text],
    ['no id', { id: undefined, text: 'khai báo' }, text],
    [
      'a press',
      { text: 'Có', value: { khaibao: { turn: 3, id: 'yes' } } },
      { type: 'choice', ids: ['yes'], turn: 3 },
    ],
    [
      'ticks',
      { value: { khaibao: { turn: 4, id: DONE }, picks: 'fever,cough' } },
      { type: 'choice', ids: ['fever', 'cough', DONE], turn: 4 },
    ],
    [
      'a way out, with ticks that were not sent',
      { value: { khaibao: { turn: 4, id: '/back' }, picks: 'fever' } },
      { type: 'choice', ids: ['/back'], turn: 4 },
    ],
    ['somebody else’s value', { text: 'khai báo', value: { khaibao: 'yes' } }, text],
    ['a photo', { attachments: [photo] }, { type: 'photo', ref }],
    ['a list', { attachments: [list] }, { type: 'file', ref, name: 'so.csv' }],
    ['a photo with words', { text: 'thẻ', attachments: [photo] }, { type: 'photo', ref, caption: 'thẻ' }],
    [
      'a voice message',
      { attachments: [{ contentType: 'audio/ogg', contentUrl: url }] },
      { type: 'unsupported', what: 'audio/ogg' },
    ],
    [
      'somebody who comes in',
      { type: 'conversationUpdate', membersAdded: [person.talk.bot, person.talk.user] },
      { type: 'command', name: 'start' },
    ],
  ];
  return rows.map(([title, activity, event]) => ({ title, request: request({ activity }), event }));
};

const TOKENS: readonly (readonly [title: string, token: NonNullable<Wish['token']>])[] = [
  ['a token of another issuer', { issuer: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' }],
  ['a token for another bot', { audience: '00000000-0000-0000-0000-000000000000' }],
  ['a token for several bots', { audience: ['00000000-0000-0000-0000-000000000000'] }],
  ['a token of another service', { serviceUrl: 'https://smba.trafficmanager.net/apis/' }],
  ['a token of no service', { serviceUrl: null }],
  ['a token that ended six minutes ago', { expires: -360 }],
  ['a token that begins in six minutes', { notBefore: 360 }],
  ['a key nobody published', { key: 'stranger' }],
  ['a key nobody published under a name that is', { key: 'stranger', kid: 'key-ours' }],
  ['a key for other channels', { key: 'elsewhere' }],
  ['no signature', { alg: 'none' }],
  ['the public key for a secret', { alg: 'HS256' }],
  ['another algorithm', { alg: 'RS384' }],
];

/** The right signature under other words. */
const changed = (right: string): string => {
  const [head, body = '', signature] = right.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
  const other = Buffer.from(JSON.stringify({ ...claims, exp: Number(claims.exp) + 60 })).toString(
    'base64url',
  );
  return `${head}.${other}.${signature}`;
};

const HEADERS: readonly (readonly [title: string, change: (right: string) => string | undefined])[] = [
  ['no token', () => undefined],
  ['a truncated token', (right) => right.slice(0, -2)],
  ['a token without its signature', (right) => right.replace(/\.[^.]*$/, '.')],
  ['a token of another kind', (right) => right.replace('Bearer', 'Basic')],
  ['two tokens', (right) => `${right} ${right}`],
  ['a token whose words were changed', changed],
  ['something else', () => 'Bearer 123'],
];

/** Posts that nobody may believe; each is refused by both SDKs. */
export const unbelievable = (request: Request): readonly Bad[] => {
  const activity = { text: 'khai báo' };
  return [
    ...TOKENS.map(([title, token]) => ({
      title,
      request: request({ activity, token }),
      status: 401 as const,
    })),
    ...HEADERS.map(([title, change]) => {
      const { headers, body } = request({ activity });
      const authorization = change(headers.authorization);
      return {
        title,
        request: { headers: authorization === undefined ? {} : { authorization }, body },
        status: 401 as const,
      };
    }),
  ];
};

const elsewhere = (request: Request, serviceUrl: string): Bad['request'] =>
  request({ activity: { text: 'khai báo', serviceUrl }, token: { serviceUrl } });

const bad = (request: Request): readonly Bad[] => {
  const broken = (title: string, activity: Record<string, unknown>): Bad => ({
    title,
    request: request({ activity }),
    status: 400,
  });
  const foreign = (serviceUrl: string): Bad => ({
    title: `a service at ${serviceUrl}`,
    request: elsewhere(request, serviceUrl),
    status: 403,
  });
  const { headers } = request();
  return [
    ...unbelievable(request),
    foreign('https://khaibao.example/'),
    foreign('https://evil.trafficmanager.net/'),
    foreign('https://127.0.0.1.example/'),
    foreign('http://evil@127.0.0.1/'),
    foreign('http://169.254.169.254/'),
    broken('no type', { type: undefined }),
    broken('no conversation', { conversation: undefined }),
    broken('no service', { serviceUrl: 'nowhere' }),
    broken('a service that is a file', { serviceUrl: 'file:///etc/passwd' }),
    broken('an operator for a conversation', { conversation: { id: { $ne: '' } } }),
    broken('an operator for a text', { text: { $gt: '' } }),
    broken('a conversation that is the way up', { conversation: { id: '..' }, text: 'khai báo' }),
    broken('neither an id nor a time', { id: undefined, timestamp: undefined, text: 'khai báo' }),
    broken('nobody who says it', { from: undefined, text: 'khai báo' }),
    { title: 'no object', request: { headers, body: 'khai báo' }, status: 400 },
    { title: 'nothing', request: { headers, body: undefined }, status: 400 },
  ];
};

const UNKNOWN: readonly (readonly [title: string, activity: Readonly<Record<string, unknown>>])[] = [
  ['typing', { type: 'typing' }],
  ['an event', { type: 'event', name: 'webchat/join', value: {} }],
  ['an invoke', { type: 'invoke', name: 'signin/verifyState', value: {} }],
  ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
  ['the end of a conversation', { type: 'endOfConversation' }],
  ['an uninstallation', { type: 'installationUpdate', action: 'remove' }],
  ['a kind that does not exist yet', { type: 'telepathy <3' }],
  ['an empty message', { text: ' ' }],
  ['a group', { text: 'khai báo', conversation: { id: '19:abc@thread.tacv2', isGroup: true } }],
  ['a team', { text: 'khai báo', conversation: { id: '19:abc@thread.tacv2', conversationType: 'channel' } }],
  ['somebody who leaves', { type: 'conversationUpdate', membersRemoved: [{ id: 'somebody' }] }],
];

const unknown = (request: Request, { talk }: BotPerson): Recorded['unknown'] =>
  [...UNKNOWN, ['our own words', { from: talk.bot, text: 'khai báo' }] as const].map(([title, activity]) => ({
    title,
    request: request({ activity }),
  }));

const letsIn = (request: Request, { talk }: BotPerson): Recorded['letsIn'] =>
  (
    [
      ['an installation', { type: 'installationUpdate', action: 'add' }],
      ['an upgrade', { type: 'installationUpdate', action: 'add-upgrade' }],
      ['a contact', { type: 'contactRelationUpdate', action: 'add' }],
      ['the bot that comes in', { type: 'conversationUpdate', membersAdded: [talk.bot] }],
    ] as const
  ).map(([title, activity]) => ({ title, request: request({ activity }) }));

/** What the connector may answer, and what it means for us. */
export const faultsOf = ({ fail, identity }: Connector): readonly Fault[] => {
  const answered = (status: number, fault: Fault['fault'], headers?: Record<string, string>): Fault => ({
    title: `${status}`,
    arm: () => fail({ status, ...(headers && { headers }) }),
    fault,
  });
  return [
    { ...answered(429, 'throttled', { 'Retry-After': '7' }), retryAfter: 7 },
    answered(429, 'throttled'),
    answered(403, 'stopped'),
    answered(404, 'stopped'),
    answered(400, 'permanent'),
    answered(413, 'permanent'),
    answered(412, 'temporary'),
    answered(500, 'temporary'),
    { ...answered(502, 'temporary'), doubtful: true },
    { ...answered(504, 'temporary'), doubtful: true },
    { title: 'the line is cut', arm: () => fail('drop'), fault: 'temporary', doubtful: true },
    { title: '401 and again 401', arm: () => fail({ status: 401 }, 2), fault: 'temporary' },
    {
      title: 'the login refuses',
      arm: () => {
        identity.revoke();
        fail({ status: 401, body: { error: 'invalid_client' } }, 1, 'token');
      },
      fault: 'temporary',
    },
  ];
};

const record = async (connector: Connector, app: TestApp): Promise<Recorded> => {
  connector.bot(`${app.url}/api/messages`);
  const person = connector.person({ name: 'contract' });
  const request = requests(connector, person);
  const { identity } = connector;
  return {
    path: '/api/messages',
    good: good(request, connector, person),
    bad: bad(request),
    unknown: unknown(request, person),
    letsIn: letsIn(request, person),
    phone: phoneOf(person),
    faults: faultsOf(connector),
    carried: ['Biểu đồ', `(${REPORT_FILE})`],
    secrets: [
      identity.password,
      identity.signToken().split('.')[0] ?? '',
      person.talk.id,
      person.talk.user.id,
    ],
  };
};

export { requests };

/** The SDK under the whole suite; `sdks.test.ts` runs the essential parts for both. */
const sdk = process.env.BOT_FRAMEWORK_SDK ?? 'botbuilder';

export const contract: Contract = async () => {
  const connector = await startConnector();
  return {
    env: { ...connector.env, BOT_FRAMEWORK_SDK: sdk },
    phone: async (app, name) => {
      connector.bot(`${app.url}/api/messages`);
      return phoneOf(connector.person({ name }));
    },
    record: (app) => record(connector, app),
    end: () => connector.close(),
  };
};
