import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CATALOGUES } from '../../locales/index.ts';
import { parkedCommand } from '../../src/cli/parked.ts';
import type { CliParts, RunWith } from '../../src/cli/parts.ts';
import { CommandProblem } from '../../src/cli/problem.ts';
import { openRow } from '../../src/delivery/outboxRow.ts';
import type { Event } from '../../src/dialogue/event.ts';
import { shortIds } from '../../src/domain/shortIds.ts';
import { createBlindIndex } from '../../src/security/blind-index.ts';
import { randomId } from '../../src/security/random.ts';
import { parkedDoc } from '../../src/services/converse/park.ts';
import { sealStaff } from '../../src/services/staff/record.ts';
import { Conversations } from '../../src/store/conversations.ts';
import type { ParkedDoc } from '../../src/store/parked.ts';
import { gazetteer, NOW } from '../harness/talk.ts';
import { plain } from '../services/alerts/office.ts';
import {
  joinStore,
  newConversation,
  nextCommit,
  type OpenStore,
  openStore,
  RING,
} from '../store/open-store.ts';

let store: OpenStore;
let parts: CliParts;
beforeAll(async () => {
  store = await openStore();
  parts = {
    training: false,
    database: store.database,
    sealer: store.sealer,
    index: createBlindIndex(RING),
    gazetteer,
    home: '12',
    hasSentence: (key) => key in CATALOGUES.vi,
    now: NOW,
  };
});
beforeEach(async () => {
  for (const name of ['parked', 'staff'] as const) await store.database.collections[name].deleteMany({});
});
afterAll(() => store.close());

/** What the command prints. */
const khaibao = async (...args: readonly string[]): Promise<string> => {
  let printed = '';
  const run: RunWith = async (work) => {
    printed = await work(parts);
  };
  const command = parkedCommand(run).exitOverride();
  for (const sub of command.commands) sub.exitOverride().configureOutput({ writeErr: () => undefined });
  await command.parseAsync([...args], { from: 'user' });
  return printed;
};

const BY = ['--by', 'Lò Thị Hoa'] as const;
const TYPED: Event = { type: 'text', text: 'Giàng A Giả, 0912345678' };

const rows = () => store.database.collections.parked;

/** A message that failed some minutes ago; returns its short name. */
const park = async (
  more: Partial<ParkedDoc> & { readonly minutes?: number; readonly event?: Event } = {},
) => {
  const { minutes = 1, event = TYPED, _id = randomId(), ...rest } = more;
  const failed = { chat: 'c1', channel: 'telegram', event, error: new TypeError('cannot take 0912345678') };
  const doc = parkedDoc(store.sealer, _id, failed, NOW - minutes * 60_000);
  await rows().insertOne({ ...doc, ...rest });
  return shortIds([_id]).get(_id) ?? '';
};

const openings = async () => (await rows().find().toArray()).flatMap(({ opened = [] }) => opened);

describe('khaibao parked list', () => {
  test('says in both languages that there is nothing', async () => {
    expect(await khaibao('list')).toBe('Không có tin nào chờ xử lý. / No message waits for anybody.');
    expect(await khaibao('list', '--all')).toBe('Không có tin nào bị gác lại. / No message was parked.');
    expect(await khaibao('list', '--json')).toBe('[]');
  });

  test('the newest first: when, where it came from and where it failed, and nothing of the person', async () => {
    const [older, newer] = [await park({ minutes: 90 }), await park({ channel: 'web' })];
    const printed = await khaibao('list');
    const [heads, first, second, ...more] = printed.split('\n');
    expect(heads).toMatch(/^id +at +channel +code +opened by +settled by +where$/);
    expect(first).toMatch(new RegExp(`^${newer} +2026-11-23 08:59 +web +TypeError +at .*parked.test.ts`));
    expect(second).toMatch(new RegExp(`^${older} +2026-11-23 07:30 +telegram +TypeError +at `));
    expect(more).toEqual([]);
    expect(printed).not.toMatch(/Giàng|0912345678/);
  });

  test('for programs', async () => {
    const id = await park();
    const printed = await khaibao('list', '--json');
    expect(JSON.parse(printed)).toEqual([
      {
        id,
        at: '2026-11-23T08:59:00.000+07:00',
        channel: 'telegram',
        chat: 'c1',
        code: 'TypeError',
        where: expect.stringContaining('parked.test.ts'),
        opened: [],
      },
    ]);
    expect(printed).not.toMatch(/Giàng|0912345678/);
  });

  test('says when there are more than it lists; a program gets all', async () => {
    const doc = parkedDoc(
      store.sealer,
      'x',
      { chat: 'c1', channel: 'web', event: TYPED, error: 'no error' },
      NOW,
    );
    await rows().insertMany(Array.from({ length: 201 }, () => ({ ...doc, _id: randomId() })));
    const lines = (await khaibao('list')).split('\n');
    expect(lines).toHaveLength(1 + 200 + 1);
    expect(lines.at(-1)).toBe('Đây là 200 tin mới nhất trong 201 tin. / The latest 200 of 201.');
    expect(JSON.parse(await khaibao('list', '--json'))).toHaveLength(201);
  });
});

describe('khaibao parked show', () => {
  test('what was sent, why and where it failed; that nobody is known; what to do next', async () => {
    const id = await park();
    const lines = (await khaibao('show', id.toLowerCase(), ...BY)).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      `${id}  2026-11-23 08:59  telegram`,
      'Nhắn chữ / Typed: Giàng A Giả, 0912345678',
      'Lỗi / Error: TypeError: cannot take 0912345678',
    ]);
    expect(lines[3]).toMatch(/^ {2}at .*parked\.test\.ts/);
    expect(lines.slice(-3)).toEqual([
      'Chưa biết là ai, chỉ biết nhắn từ kênh telegram. / Not known who it is, only that they write over telegram.',
      `Nhắn lại trong cuộc trò chuyện: khaibao parked answer ${id} <nội dung> --by <tên> / To write in their chat: khaibao parked answer ${id} <words> --by <name>`,
      `Giúp xong thì gõ: khaibao parked done ${id} --by <tên> / When they are helped, type: khaibao parked done ${id} --by <name>`,
    ]);
  });

  test('whose chat it is, with their number', async () => {
    const sealed = sealStaff(store, 's1', { name: 'Hoàng Thị Nga', phone: '+84987654321' });
    const nurse = { role: 'duty', area: '12', chats: ['c1'], active: true, sealed };
    await store.database.collections.staff.insertOne({ _id: 's1', ...nurse });
    const printed = await khaibao('show', await park(), ...BY);
    expect(printed).toContain('Cán bộ / Staff: Hoàng Thị Nga, +84987654321');
    expect(printed).not.toContain('Chưa biết là ai');
  });

  test('is noted with who and when, and says who has read it before', async () => {
    const id = await park();
    expect(await khaibao('show', id, ...BY)).not.toContain('Đã mở xem');
    expect(await khaibao('show', id, '--by', ' Nga ')).toContain(
      'Đã mở xem / Read by: Lò Thị Hoa (2026-11-23 09:00)',
    );
    const at = new Date(NOW);
    expect(await openings()).toEqual([
      { by: 'Lò Thị Hoa', at },
      { by: 'Nga', at },
    ]);
    expect(await khaibao('list')).toMatch(/TypeError +Nga +at /);
    expect(JSON.parse(await khaibao('list', '--json'))).toMatchObject([
      { opened: [{ by: 'Lò Thị Hoa', at: '2026-11-23T09:00:00.000+07:00' }, { by: 'Nga' }] },
    ]);
  });

  test('words of strangers neither steer the terminal nor look like ours', async () => {
    const id = await park({ event: { type: 'text', text: 'a\u001b[2Jb\u009bc\u202ed\nhai dòng\t.' } });
    expect(await khaibao('show', id, ...BY)).toContain('a\uFFFD[2Jb\uFFFDc\uFFFDd\n  | hai dòng\t.\n');
  });

  test.each<readonly [string, (sealed: Buffer) => Buffer, RegExp]>([
    [
      'under a key that is gone',
      (sealed) => Buffer.concat([sealed.subarray(0, 1), Buffer.from([0, 0, 3, 231]), sealed.subarray(5)]),
      /khóa dữ liệu của nó không còn.* \/ .*its data key is gone\. Restore the collection keys/,
    ],
    [
      'and damaged',
      (sealed) => Buffer.concat([sealed.subarray(0, -1), Buffer.from([(sealed.at(-1) ?? 0) ^ 1])]),
      /nội dung đã hỏng.* \/ .*damaged/,
    ],
    ['and cut short', (sealed) => sealed.subarray(0, 8), /damaged/],
  ])('sealed %s: a sentence, and no reading is noted', async (_how, change, sentence) => {
    const whole = parkedDoc(
      store.sealer,
      'sealed-one-1',
      { chat: 'c1', channel: 'web', event: TYPED, error: 'x' },
      NOW,
    );
    const id = await park({ _id: 'sealed-one-1', sealed: change(whole.sealed) });
    const showing = khaibao('show', id, ...BY);
    await expect(showing).rejects.toThrow(CommandProblem);
    await expect(showing).rejects.toThrow(sentence);
    expect(await openings()).toEqual([]);
    expect(await khaibao('list')).toContain(id);
  });

  test.each(['ZZZZZZZZ', 'ABC', '', '--'])(
    '%j is no id: a sentence that says where to look',
    async (typed) => {
      await park();
      const showing = khaibao('show', ...BY, '--', typed);
      await expect(showing).rejects.toThrow(CommandProblem);
      await expect(showing).rejects.toThrow(/khaibao parked list --all/);
    },
  );

  test('an id that may be two is not guessed', async () => {
    for (const _id of ['abcdefgh-one', 'abcdefgh-two']) await park({ _id });
    const [name = ''] = shortIds(['abcdefgh-one']).values();
    const names = [...shortIds(['abcdefgh-one', 'abcdefgh-two']).values()];
    expect(new Set(names.map((one) => one.length))).not.toContain(8);
    await expect(khaibao('show', name, ...BY)).rejects.toThrow(
      `may be several messages: ${names.join(', ')}.`,
    );
    expect(await openings()).toEqual([]);
    for (const one of names) expect(await khaibao('show', one, ...BY)).toContain(one);
  });

  test('a name is needed', async () => {
    const id = await park();
    await expect(khaibao('show', id)).rejects.toThrow(/--by/);
    await expect(khaibao('show', id, '--by', ' ')).rejects.toThrow(/needs the name/);
    expect(await openings()).toEqual([]);
  });
});

describe('khaibao parked answer', () => {
  const answers = () => store.database.collections.deliveries.find({ purpose: 'parkedAnswer' }).toArray();
  const write = (id: string, ...words: readonly string[]) => khaibao('answer', id, ...words, ...BY);
  beforeEach(async () => {
    for (const name of ['conversations', 'deliveries'] as const)
      await store.database.collections[name].deleteMany({});
    const conversations = new Conversations(store.database, store.sealer);
    await conversations.commit(nextCommit(newConversation('c1')));
    await conversations.close();
  });

  test('goes to the chat, sealed; who wrote it is noted; it waits on until it is settled', async () => {
    const id = await park();
    expect(await write(id, 'Mời', 'khai', 'lại ạ')).toBe(
      'Tin trả lời đang được gửi. / The answer is on its way.',
    );
    const [row, ...more] = await answers();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ chat: 'c1', lane: 'reply', state: 'ready', readyAt: new Date(NOW) });
    expect(JSON.stringify(row)).not.toContain('Mời');
    expect(row && plain(await openRow(store.sealer, row))).toBe(
      'Về tin nhắn của anh/chị lúc 08:59 ngày 23/11: Mời khai lại ạ',
    );
    expect(await khaibao('show', id, ...BY)).toContain(
      'Đã trả lời / Answered by: Lò Thị Hoa (2026-11-23 09:00)',
    );
    expect(await khaibao('list')).toContain(id);
    await write(id, 'Xin lỗi anh');
    expect(await answers()).toHaveLength(2);
  });

  test('two at once: one is sent, the other is told to look again', async () => {
    const id = await park();
    const both = await Promise.allSettled(['một', 'hai'].map((words) => write(id, words)));
    const sent = both.filter(({ status }) => status === 'fulfilled').length;
    expect(await answers()).toHaveLength(sent);
    expect(sent).toBeGreaterThan(0);
    for (const one of both)
      if (one.status === 'rejected') expect(String(one.reason)).toMatch(/has just answered message/);
  });

  test('a chat that was never stored cannot be written to; words and a name are needed', async () => {
    const id = await park({ chat: 'never' });
    await expect(write(id, 'Mời khai lại')).rejects.toThrow(/its chat is gone, or was never stored/);
    await expect(write(await park(), ' ')).rejects.toThrow(/An answer needs words/);
    await expect(khaibao('answer', id, 'x')).rejects.toThrow(/--by/);
    await expect(write('ZZZZZZZZ', 'x y')).rejects.toThrow(/khaibao parked list/);
    expect(await answers()).toEqual([]);
  });
});

describe('khaibao parked done', () => {
  test('settles these, in somebody’s name; they are listed no longer, and can still be shown', async () => {
    const [a, b, c] = [await park({ minutes: 3 }), await park({ minutes: 2 }), await park()];
    expect(await khaibao('done', a, c, a, ...BY)).toBe('Số tin đã xử lý: 2. / Messages settled: 2.');
    const left = await khaibao('list');
    expect(left).toContain(b);
    expect(left).not.toMatch(new RegExp(`${a}|${c}`));
    expect(await khaibao('list', '--all')).toMatch(new RegExp(`${a} .* Lò Thị Hoa +at `));
    expect(JSON.parse(await khaibao('list', '--all', '--json'))).toMatchObject([
      { id: c, settledBy: 'Lò Thị Hoa', settledAt: '2026-11-23T09:00:00.000+07:00' },
      { id: b },
      { id: a, settledBy: 'Lò Thị Hoa' },
    ]);
    const shown = await khaibao('show', a, ...BY);
    expect(shown).toContain('Đã xử lý / Settled by: Lò Thị Hoa (2026-11-23 09:00)');
    expect(shown).not.toContain('khaibao parked done');
  });

  test('all that wait', async () => {
    for (let n = 0; n < 3; n += 1) await park();
    expect(await khaibao('done', '--all', ...BY)).toContain('Messages settled: 3.');
    expect(await khaibao('list')).toContain('No message waits');
    expect(await khaibao('done', '--all', '--by', 'Nga')).toContain('No message waits');
    expect(new Set((await rows().find().toArray()).map(({ settledBy }) => settledBy))).toEqual(
      new Set(['Lò Thị Hoa']),
    );
  });

  test('all that is wrong is said at once, and nothing is settled', async () => {
    const [id, other] = [await park(), await park()];
    await expect(khaibao('done', id, 'ZZZZZZZZ', 'YYYYYYYY', ...BY)).rejects.toThrow(
      /ZZZZZZZZ.*\n.*YYYYYYYY/,
    );
    await khaibao('done', id, ...BY);
    await expect(khaibao('done', id, other, '--by', 'Nga')).rejects.toThrow(
      `Tin ${id} đã được Lò Thị Hoa xử lý lúc 09:00 ngày 23/11. / Message ${id} was settled by Lò Thị Hoa at 09:00 on 23/11.`,
    );
    expect(await khaibao('list')).toContain(other);
  });

  test('ids or all, not both and not neither; and a name', async () => {
    const id = await park();
    for (const args of [[], [id, '--all']])
      await expect(khaibao('done', ...args, ...BY)).rejects.toThrow(/not both/);
    await expect(khaibao('done', id)).rejects.toThrow(/--by/);
    await expect(khaibao('done', '--all', '--by', '')).rejects.toThrow(/needs the name/);
    expect(await khaibao('list')).toContain(id);
  });
});

test('a database that is away is a sentence', async () => {
  const away = await joinStore(store.uri);
  await away.close();
  const { database } = parts;
  parts = { ...parts, database: away.database };
  try {
    for (const args of [['list'], ['show', 'ABCDEFGH', ...BY], ['done', '--all', ...BY]])
      await expect(khaibao(...args)).rejects.toMatchObject({
        name: 'Unavailable',
        message: 'The database cannot be reached.',
      });
  } finally {
    parts = { ...parts, database };
  }
});
