import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import readExcelFile from 'read-excel-file/node';
import { CATALOGUES } from '../../locales/index.ts';
import { deliveriesCommand } from '../../src/cli/deliveries.ts';
import { feedbackCommand } from '../../src/cli/feedback.ts';
import { jobsCommand } from '../../src/cli/jobs.ts';
import type { CliParts, RunWith } from '../../src/cli/parts.ts';
import { CommandProblem } from '../../src/cli/problem.ts';
import { reportCommand } from '../../src/cli/report.ts';
import { rulesCommand } from '../../src/cli/rules.ts';
import { shiftCommand } from '../../src/cli/shift.ts';
import { staffCommand } from '../../src/cli/staff.ts';
import { zoneCommand } from '../../src/cli/zone.ts';
import { deliveryRow, openRow } from '../../src/delivery/outboxRow.ts';
import { createBlindIndex } from '../../src/security/blind-index.ts';
import { loadShipped } from '../../src/services/risk/rules.ts';
import { shippedRules } from '../../src/services/risk/shipped.ts';
import { gazetteer, NOW } from '../harness/talk.ts';
import { Office, plain, SIN_HO, type Worker } from '../services/alerts/office.ts';
import { counted, UNTIL } from '../services/report/counts.ts';
import { RING } from '../store/open-store.ts';

let office: Office;
let folder: string;
let parts: CliParts;

beforeAll(async () => {
  office = await Office.open();
  folder = await mkdtemp(join(tmpdir(), 'khaibao-cli-'));
  parts = {
    training: false,
    database: office.store.database,
    sealer: office.store.sealer,
    index: createBlindIndex(RING),
    gazetteer,
    home: '12',
    hasSentence: (key) => key in CATALOGUES.vi && key in CATALOGUES.en,
    now: NOW,
  };
});
beforeEach(async () => {
  for (const name of [
    'staff',
    'shifts',
    'invitations',
    'zones',
    'rules',
    'alerts',
    'feedback',
    'deliveries',
    'ticks',
  ] as const)
    await office.collections[name].deleteMany({});
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await office.close();
});

const COMMANDS: Readonly<Record<string, (run: RunWith) => Command>> = {
  staff: staffCommand,
  shift: shiftCommand,
  zone: zoneCommand,
  rules: rulesCommand,
  feedback: feedbackCommand,
  jobs: jobsCommand,
  deliveries: deliveriesCommand,
  report: reportCommand,
};

/** What a command prints. */
const khaibao = async (name: string, ...args: readonly string[]): Promise<string> => {
  let printed = '';
  const run: RunWith = async (work) => {
    printed = await work(parts);
  };
  const command = COMMANDS[name]?.(run)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  for (const sub of command?.commands ?? [])
    sub.exitOverride().configureOutput({ writeErr: () => undefined });
  await command?.parseAsync([...args], { from: 'user' });
  return printed;
};

const HOA = ['--name', 'lò thị hoa', '--role', 'duty', '--area', 'Than Uyên'] as const;
const idIn = (printed: string): string => /^\w{8}(?=:)/.exec(printed)?.[0] ?? '';
const codeIn = (printed: string): string => /NV-\w{4}-\w{4}/.exec(printed)?.[0] ?? '';

describe('khaibao jobs', () => {
  test('list has when each last ended and comes next; run runs one', async () => {
    expect(await khaibao('jobs', 'list')).toMatch(/alertsClimb +\S+ \* \* \* \* \* +never +2026-11-23 09:00/);
    expect(await khaibao('jobs', 'run', 'rosterGaps')).toBe('rosterGaps has run: nothing was due.');
    expect(await khaibao('jobs', 'list')).toMatch(/rosterGaps .* 2026-11-23 09:00 +2026-11-23 09:10/);
  });

  test('run sends an alert on that is due', async () => {
    const nurse = await office.worker();
    const id = await office.alert({ at: NOW - 6 * 60_000 });
    await office.collections.alerts.updateOne({ _id: id }, { $set: { climbAt: new Date(NOW) } });
    expect(await khaibao('jobs', 'run', 'alertsClimb')).toBe('alertsClimb has run, and dealt with 1.');
    expect((await office.rows('alert')).map(({ chat }) => chat)).toEqual([nurse.chat, nurse.chat]);
  });

  test('the report before its hour: nothing is said to have been done, and no run is listed', async () => {
    await office.worker({ role: 'leader', area: '12' });
    expect(await khaibao('jobs', 'run', 'dailyReport')).toBe(
      'Nothing was due: dailyReport comes at 2026-11-23 16:30.',
    );
    expect(await khaibao('jobs', 'list')).toMatch(/dailyReport .* never +2026-11-23 16:30/);
  });

  test('a job nobody knows', async () => {
    await expect(khaibao('jobs', 'run', 'tea')).rejects.toThrow(/No job is called "tea"/);
  });
});

describe('khaibao staff', () => {
  test('add prints a code that links a chat, once', async () => {
    const printed = await khaibao('staff', 'add', ...HOA, '--facility', 'Trạm y tế xã Than Uyên');
    expect(printed).toMatch(/^\w{8}: Lò Thị Hoa, duty, xã Than Uyên, Lai Châu\nLink code: NV-\w{4}-\w{4}\n/);
    expect(printed).toContain('It works once, until 2026-11-24 09:00.');
    const code = codeIn(printed).replaceAll('-', '');
    const phone = office.phone();
    expect(await office.call(phone, 'linkStaff', { code })).toMatchObject({
      is: 'linked',
      name: 'Lò Thị Hoa',
    });
    expect(await office.call(office.phone(), 'linkStaff', { code })).toMatchObject({ is: 'wrong' });
  });

  test('neither name nor code can be read in the database', async () => {
    const printed = await khaibao('staff', 'add', ...HOA);
    const dump = JSON.stringify([
      await office.collections.staff.find().toArray(),
      await office.collections.invitations.find().toArray(),
    ]);
    // A name with its marks: three plain letters stand by chance in what is sealed, once in a thousand runs.
    for (const secret of ['Thị Hoa', codeIn(printed), codeIn(printed).replaceAll('-', '')])
      expect(dump).not.toContain(secret);
  });

  test.each([
    ['12', 'tỉnh Lai Châu'],
    ['12/03595', 'xã Than Uyên, Lai Châu'],
    ['03478', 'xã Sìn Hồ, Lai Châu'],
    ['xã bình lư', 'xã Bình Lư, Lai Châu'],
  ])('the area %s', async (area, name) => {
    expect(
      await khaibao('staff', 'add', '--name', 'Vàng A Sĩ', '--role', 'leader', '--area', area),
    ).toContain(name);
  });

  test.each([
    [['--name', 'Hoa 1'], /"Hoa 1" is not a name/],
    [['--role', 'nurse'], /"nurse" is not a role: use duty, investigator/],
    [['--area', 'Xyz'], /No place is called "Xyz"/],
    [['--area', 'Trung Quốc'], /a province or a commune/],
    [['--area', 'Mường Tè'], /"Mường Tè" may be 03445 .*03433 .*give the code/],
    [['--phone', '12'], /"12" is not a phone number/],
    [['--facility', '  '], /--facility needs a name/],
  ])('a wrong %j is one sentence', async (wrong, sentence) => {
    const adding = khaibao('staff', 'add', ...HOA, ...wrong);
    await expect(adding).rejects.toThrow(CommandProblem);
    await expect(adding).rejects.toThrow(sentence);
    expect(await office.collections.staff.countDocuments()).toBe(0);
  });

  test('all that is wrong is said at once', async () => {
    const wrong = ['--name', 'X', '--role', 'nurse', '--area', 'Xyz', '--phone', '12'];
    await expect(khaibao('staff', 'add', ...wrong)).rejects.toThrow(
      /^"X" is not a name.\n"nurse" is not a role: .*\nNo place is called "Xyz".\n"12" is not a phone number.$/,
    );
  });

  test('list, a new code, and the end', async () => {
    expect(await khaibao('staff', 'list')).toContain('Nobody is on record');
    const id = idIn(await khaibao('staff', 'add', ...HOA));
    const code = codeIn(await khaibao('staff', 'code', id.toLowerCase())).replaceAll('-', '');
    const phone = office.phone();
    await office.call(phone, 'linkStaff', { code });
    const alert = await office.alert();
    await office.call(phone, 'alertAct', { id: alert, do: 'claim' });
    expect(await khaibao('staff', 'list')).toMatch(
      new RegExp(
        `^id +name +role +area +facility +chats\n${id} +Lò Thị Hoa +duty +xã Than Uyên, Lai Châu +1$`,
      ),
    );
    expect(await khaibao('staff', 'end', id)).toBe('Lò Thị Hoa is off the record. Alerts given back: 1.');
    expect(await office.collections.alerts.findOne({ _id: alert })).toMatchObject({
      state: 'open',
      waiting: true,
    });
    expect(await office.call(phone, 'inbox')).toEqual({ is: 'stranger' });
    expect(await khaibao('shift', 'list')).toBe('Nobody is on duty.');
    await expect(khaibao('staff', 'end', id)).rejects.toThrow(/No staff member has the id/);
  });
});

const NO_CHAT =
  'No alert reaches them before they have typed their link code; `khaibao staff code` prints a new one.';

describe('khaibao shift', () => {
  test('whoever has a chat hears of alerts, and nothing is said of a link code', async () => {
    const { id } = await office.worker();
    expect(await khaibao('shift', 'add', id)).toBe(
      'On duty from 2026-11-23 09:00 until relieved, xã Than Uyên, Lai Châu.',
    );
  });

  test('add, list and end', async () => {
    const id = idIn(await khaibao('staff', 'add', ...HOA));
    expect(await khaibao('shift', 'list')).toBe('Nobody is on duty.');
    expect(await khaibao('shift', 'add', id)).toBe(
      `On duty from 2026-11-23 09:00 until relieved, xã Than Uyên, Lai Châu.\n${NO_CHAT}`,
    );
    const later = ['--from', '2026-11-24 07:00', '--until', '2026-11-24 19:00', '--area', 'Sìn Hồ'];
    await khaibao('shift', 'add', id, ...later);
    const lines = (await khaibao('shift', 'list')).split('\n');
    expect(lines[1]).toMatch(/Lò Thị Hoa +xã Than Uyên, Lai Châu +2026-11-23 09:00 +until relieved$/);
    expect(lines[2]).toMatch(/Lò Thị Hoa +xã Sìn Hồ, Lai Châu +2026-11-24 07:00 +2026-11-24 19:00$/);
    expect(await khaibao('shift', 'end', id)).toBe('Off duty.');
    expect(await khaibao('shift', 'end', id)).toBe('Not on duty now.');
  });

  test.each([
    [['--from', 'tomorrow'], /"tomorrow" is not a time/],
    [['--from', '2026-11-24 07:00', '--until', '2026-11-24 06:00'], /ends after it begins/],
    [['--from', '2026-11-20 07:00', '--until', '2026-11-20 19:00'], /is over already/],
  ])('a wrong %j is one sentence', async (wrong, sentence) => {
    const id = idIn(await khaibao('staff', 'add', ...HOA));
    await expect(khaibao('shift', 'add', id, ...wrong)).rejects.toThrow(sentence);
  });

  describe('for a facility', () => {
    const at = (name: string, area: string, facility: string) =>
      khaibao('staff', 'add', '--name', name, '--role', 'duty', '--area', area, '--facility', facility).then(
        idIn,
      );
    const STATION = 'Trạm y tế xã Than Uyên';

    test('by its name, in any letters; the list shows it; without one it is where they belong', async () => {
      const hoa = await at('Lò Thị Hoa', 'Than Uyên', STATION);
      const dem = idIn(
        await khaibao('staff', 'add', '--name', 'Lý Thị Đêm', '--role', 'duty', '--area', '12'),
      );
      expect(await khaibao('shift', 'add', dem, '--facility', 'trạm y tế xã than uyên')).toBe(
        `On duty from 2026-11-23 09:00 until relieved, Trạm y tế xã Than Uyên, xã Than Uyên, Lai Châu.\n${NO_CHAT}`,
      );
      await khaibao('shift', 'add', hoa);
      await khaibao('shift', 'add', hoa, '--area', 'Than Uyên', '--from', '2026-11-24 07:00');
      const lines = (await khaibao('shift', 'list')).split('\n');
      expect(lines[0]).toMatch(/^id +name +area +facility +from +until$/);
      const those = [
        `Lý Thị Đêm +xã Than Uyên, Lai Châu +${STATION}`,
        `Lò Thị Hoa +xã Than Uyên, Lai Châu +${STATION}`,
      ];
      for (const [n, each] of those.entries())
        expect(lines[n + 1]).toMatch(new RegExp(`${each} +2026-11-23 09:00`));
      expect(lines[3]).toMatch(/Lò Thị Hoa +xã Than Uyên, Lai Châu +2026-11-24 07:00/);
    });

    test.each([
      [
        ['--facility', 'Trạm y tế xã Sìn Hồ'],
        /No facility is called "Trạm y tế xã Sìn Hồ": known are Trạm y tế, xã Sìn Hồ, Lai Châu; Trạm y tế, xã Than Uyên, Lai Châu; Trạm y tế xã Than Uyên, xã Than Uyên, Lai Châu\.$/,
      ],
      [
        ['--facility', STATION, '--area', 'Sìn Hồ'],
        /"Trạm y tế xã Than Uyên" is in xã Than Uyên, Lai Châu \(03595\): say where with --area\.$/,
      ],
      [
        ['--facility', 'Trạm y tế'],
        /"Trạm y tế" is in xã Sìn Hồ, Lai Châu \(03478\), xã Than Uyên, Lai Châu \(03595\): say/,
      ],
    ])('a wrong %j is one sentence, and no shift', async (wrong, sentence) => {
      await at('Lò Thị Hoa', 'Than Uyên', STATION);
      for (const area of ['Than Uyên', 'Sìn Hồ']) await at('Vàng A Sĩ', area, 'Trạm y tế');
      const id = idIn(
        await khaibao('staff', 'add', '--name', 'Lý Thị Đêm', '--role', 'duty', '--area', '12'),
      );
      await expect(khaibao('shift', 'add', id, ...wrong)).rejects.toThrow(sentence);
      expect(await office.collections.shifts.countDocuments()).toBe(0);
    });

    test('where none is known yet', async () => {
      const id = idIn(await khaibao('staff', 'add', ...HOA));
      const adding = khaibao('shift', 'add', id, '--facility', STATION);
      await expect(adding).rejects.toThrow('none is known yet, see `khaibao staff add --facility`.');
    });
  });

  describe('changes hands as in a chat, and both hear of it', () => {
    const names = async () =>
      (await khaibao('shift', 'list'))
        .split('\n')
        .slice(1)
        .map((row) => row.split(/ {2,}/)[1]);
    const news = async (who: Worker) => {
      const rows = await office.collections.deliveries
        .find({ staff: who.id, purpose: 'shiftNews' })
        .toArray();
      return Promise.all(rows.map(async (row) => plain(await openRow(office.parts.sealer, row))));
    };
    const alertDoc = (_id: string) => office.collections.alerts.findOne({ _id });
    const asked = (who: Worker) =>
      office.collections.deliveries.countDocuments({ staff: who.id, purpose: 'alert' });
    /** Two nurses, the second off duty; one alert is in hand, one is nobody's. */
    const twoNurses = async () => {
      const [hoa, si] = [
        await office.worker(),
        await office.worker({ name: 'Vàng A Sĩ', onDuty: false }),
      ] as const;
      const [held, open] = [await office.alert(), await office.alert()] as const;
      await office.call(hoa, 'alertAct', { id: held, do: 'claim' });
      return { hoa, si, held, open };
    };

    test('hand-over, with a note: every alert is open again and asked of the other', async () => {
      const { hoa, si, held, open } = await twoNurses();
      const words = ['hand-over', '--by', hoa.id, '--to', si.id, '--note', 'một ca sốt chờ xét nghiệm'];
      expect(await khaibao('shift', ...words)).toBe(
        'Lò Thị Hoa has handed the shift over to Vàng A Sĩ, with 2 alerts.',
      );
      expect(await names()).toEqual(['Vàng A Sĩ']);
      for (const id of [held, open])
        expect(await alertDoc(id)).toMatchObject({ state: 'open', asked: [hoa.id, si.id] });
      expect(await asked(si)).toBe(2);
      expect((await news(si))[0]).toContain('Ghi chú: một ca sốt chờ xét nghiệm');
      expect((await news(hoa))[0]).toContain('Đã bàn giao ca cho Vàng A Sĩ, kèm 2 cảnh báo.');
    });

    test('take-over: what is in hand is theirs at once, what is nobody’s is asked of them', async () => {
      const { hoa, si, held, open } = await twoNurses();
      expect(await khaibao('shift', 'take-over', '--from', hoa.id, '--by', si.id)).toBe(
        "Vàng A Sĩ has taken the shift of Lò Thị Hoa over, with 2 alerts, 1 of them nobody's yet.",
      );
      expect(await names()).toEqual(['Vàng A Sĩ']);
      expect(await alertDoc(held)).toMatchObject({ state: 'claimed', owner: si.id });
      expect(await alertDoc(open)).toMatchObject({ state: 'open', asked: [hoa.id, si.id] });
      expect(await asked(si)).toBe(1);
      expect((await news(hoa))[0]).toContain('Vàng A Sĩ đã thay ca cho anh/chị, kèm 2 cảnh báo.');
      expect((await news(si))[0]).toContain('Trong đó có 1 cảnh báo chưa ai nhận');
    });

    test.each([
      ['hand-over', 'to', 'oneself', {}, /shift cannot go from Lò Thị Hoa to/],
      ['hand-over', 'to', 'an officer', { role: 'officer' }, /shift cannot go from Lò Thị Hoa to/],
      ['hand-over', 'to', 'another province', { area: '01' }, /shift cannot go from Lò Thị Hoa to/],
      ['hand-over', 'to', 'somebody without a chat', { chats: 0 }, /shift cannot go from Lò Thị Hoa to/],
      ['take-over', 'from', 'oneself', {}, /has no shift for Lò Thị Hoa to take over/],
      ['take-over', 'from', 'somebody off duty', { onDuty: false }, /has no shift for Lò Thị Hoa/],
      ['take-over', 'from', 'another area', { area: SIN_HO }, /has no shift for Lò Thị Hoa to take over/],
    ] as const)('%s --%s %s is refused, and nothing changes', async (what, option, _who, given, sentence) => {
      const hoa = await office.worker();
      const other =
        _who === 'oneself' ? hoa : await office.worker({ name: 'Vàng A Sĩ', onDuty: true, ...given });
      const before = await office.collections.shifts.find().toArray();
      const asking = khaibao('shift', what, `--${option}`, other.id, '--by', hoa.id);
      await expect(asking).rejects.toThrow(sentence);
      await expect(asking).rejects.toThrow(CommandProblem);
      expect(await office.collections.shifts.find().toArray()).toEqual(before);
      expect(await office.rows('shiftNews')).toEqual([]);
    });

    test('whoever has no chat takes nothing over, but may be relieved; a note says something', async () => {
      const [hoa, lost] = [await office.worker(), await office.worker({ name: 'Vàng A Sĩ', chats: 0 })];
      const taking = khaibao('shift', 'take-over', '--from', hoa.id, '--by', lost.id);
      await expect(taking).rejects.toThrow('Vàng A Sĩ has no chat, and would hear of no alert');
      const handing = ['hand-over', '--by', lost.id, '--to', hoa.id] as const;
      await expect(khaibao('shift', ...handing, '--note', ' ')).rejects.toThrow('is not a note');
      expect(await khaibao('shift', ...handing)).toContain(
        'handed the shift over to Lò Thị Hoa, with 0 alerts',
      );
    });

    test.each([
      [['take-over', '--from', 'X'], /--by/],
      [['hand-over', '--by', 'X'], /--to/],
      [['hand-over', '--by', 'NOBODY', '--to', 'X'], /No staff member has the id "NOBODY"/],
    ])('%j is one sentence', async (words, sentence) => {
      await expect(khaibao('shift', ...words)).rejects.toThrow(sentence);
    });
  });

  test('an officer does not stand on duty for alerts', async () => {
    const id = idIn(
      await khaibao('staff', 'add', '--name', 'Sùng A Chốt', '--role', 'officer', '--area', '12'),
    );
    await expect(khaibao('shift', 'add', id)).rejects.toThrow(/officer does not stand on duty/);
  });
});

describe('khaibao zone', () => {
  test('add, list and end', async () => {
    await loadShipped(office.collections.rules, shippedRules(), NOW);
    expect(await khaibao('zone', 'list')).toBe('There is no zone.');
    expect(await khaibao('zone', 'add', 'Hà Nội', '--level', 'red', '--from', '2026-11-20')).toBe(
      'thành phố Hà Nội (01) is red from 2026-11-20.',
    );
    const more = ['--level', 'orange', '--from', '20/11', '--to', '30/11', '--disease', 'cholera'];
    await khaibao('zone', 'add', '03595', ...more);
    await khaibao('zone', 'add', 'Trung Quốc', '--level', 'yellow');
    expect(await khaibao('zone', 'list')).toMatch(/CN +Trung Quốc +yellow +2026-11-23\n/);
    expect(await khaibao('zone', 'list')).toMatch(
      /03595 +xã Than Uyên, Lai Châu +orange +2026-11-20 +2026-11-30 +cholera/,
    );
    expect(await khaibao('zone', 'end', 'hà nội')).toBe(
      'thành phố Hà Nội is no zone any more after 2026-11-23.',
    );
    await expect(khaibao('zone', 'end', 'hà nội')).rejects.toThrow(
      new CommandProblem('There is no zone to end: thành phố Hà Nội is none after 2026-11-23.'),
    );
    expect(await khaibao('zone', 'list')).toMatch(/01 +thành phố Hà Nội +red +2026-11-20 +2026-11-23/);
  });

  test.each([
    [['Hà Nội', '--level', 'pink'], /"pink" is not a zone level: use yellow, orange, red/],
    [['Hà Nội', '--level', 'red', '--from', 'khi nào'], /is not a day/],
    [['Hà Nội', '--level', 'red', '--from', '20/11', '--to', '19/11'], /ends on the day it begins or later/],
    [['Hà Nội', '--level', 'red', '--disease', 'flux'], /The rules know no disease "flux": use covid19, /],
    [['Chỗ Nào Đó', '--level', 'red'], /No place is called/],
  ])('a wrong %j is one sentence', async (wrong, sentence) => {
    await expect(khaibao('zone', 'add', ...wrong)).rejects.toThrow(sentence);
    expect(await office.collections.zones.countDocuments()).toBe(0);
  });

  test('the very same zone is there once; another level, day or disease makes another', async () => {
    const add = (...more: readonly string[]) => khaibao('zone', 'add', 'Hà Nội', ...more);
    expect(await add('--level', 'red')).toBe('thành phố Hà Nội (01) is red from 2026-11-23.');
    expect(await add('--level', 'red')).toBe('thành phố Hà Nội (01) is already red from 2026-11-23.');
    expect(await office.collections.zones.countDocuments()).toBe(1);
    const others = [
      ['--level', 'orange'],
      ['--level', 'red', '--from', '22/11'],
      ['--level', 'red', '--to', '30/11'],
      ['--level', 'red', '--disease', 'cholera'],
    ];
    for (const other of [...others, ...others]) await add(...other);
    expect(await office.collections.zones.countDocuments()).toBe(5);
  });

  test('without a level it is not begun', async () => {
    await expect(khaibao('zone', 'add', 'Hà Nội')).rejects.toThrow(/required option '--level <level>'/);
  });
});

describe('khaibao rules', () => {
  const write = async (content: unknown): Promise<string> => {
    const file = join(folder, 'rules.json');
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };

  test('shown, changed, loaded, and what was before is kept', async () => {
    await loadShipped(office.collections.rules, shippedRules(), NOW);
    expect(await khaibao('rules', 'show')).toContain(
      '(revision 1, 2026-11-23 09:00, by release); alerts from high on.',
    );
    const shown = JSON.parse(await khaibao('rules', 'show', '--json'));
    expect(shown).toEqual(JSON.parse(JSON.stringify(shippedRules())));
    const file = await write({ ...shown, version: 'lc-2', alertFrom: 'critical' });
    expect(await khaibao('rules', 'load', file, '--by', 'Sở Y tế')).toBe(
      `Rules lc-2 are in force (revision 2): ${shown.rules.length} rules, alerts from critical on.`,
    );
    expect(await khaibao('rules', 'history')).toMatch(
      /^revision +version +loaded +by\n2 +lc-2 +2026-11-23 09:00 +Sở Y tế\n1 +\S+ +2026-11-23 09:00 +release$/,
    );
  });

  test.each<readonly [string, unknown, RegExp]>([
    ['no JSON', '{', /was not loaded: it is not JSON/],
    ['no rules', { version: 'x' }, /was not loaded: The rules cannot be used/],
    [
      'a reason without a sentence',
      { ...shippedRules(), rules: [{ ...shippedRules().rules[0], reason: 'nobodyKnows' }] },
      /there is no sentence for risk\.reason\.nobodyKnows/,
    ],
  ])('%s is refused in one sentence', async (_name, content, sentence) => {
    await expect(khaibao('rules', 'load', await write(content))).rejects.toThrow(sentence);
    expect(await khaibao('rules', 'history')).toBe('No rules were loaded yet.');
  });

  test('a reason that brings its own sentence is loaded', async () => {
    const reason = { vi: 'đã đến chợ phiên', en: 'was at the market' };
    const own = { ...shippedRules(), rules: [{ ...shippedRules().rules[0], reason }] };
    expect(await khaibao('rules', 'load', await write(own))).toContain('1 rules');
  });

  test('a file that is not there', async () => {
    await expect(khaibao('rules', 'load', join(folder, 'none.json'))).rejects.toThrow(
      /cannot be read: ENOENT/,
    );
  });
});

describe('khaibao feedback', () => {
  test('list and answer', async () => {
    expect(await khaibao('feedback', 'list')).toBe('No feedback waits for an answer.');
    const citizen = office.phone();
    await office.call(citizen, 'giveFeedback', {
      kind: 'checkpoint',
      note: 'Máy quét\nhỏng',
      phone: '+84912345678',
    });
    const listed = await khaibao('feedback', 'list');
    expect(listed).toMatch(/2026-11-23 09:00 +checkpoint +Lai Châu +\+84912345678 +Máy quét hỏng$/);
    const id = listed.split('\n')[1]?.split(' ')[0] ?? '';
    expect(await khaibao('feedback', 'answer', id, 'Đã', 'sửa,', 'cảm ơn')).toBe('The answer is on its way.');
    expect(await office.rows('feedbackAnswer')).toMatchObject([{ chat: citizen.chat, state: 'ready' }]);
    expect(await khaibao('feedback', 'list')).toBe('No feedback waits for an answer.');
    expect(await khaibao('feedback', 'list', '--all')).toContain('Đã sửa, cảm ơn');
    await expect(khaibao('feedback', 'answer', id, 'nữa')).rejects.toThrow(
      'This feedback has been answered.',
    );
    await expect(khaibao('feedback', 'answer', 'none', 'x y')).rejects.toThrow(/No feedback has the id/);
  });
});

describe('khaibao deliveries', () => {
  const row = (about: string, more: object = {}) => ({
    ...deliveryRow(office.store.sealer, {
      purpose: 'alertNews',
      about,
      rev: 1,
      chat: 'c1',
      staff: 's1',
      at: NOW - 60_000,
      notes: [],
    }),
    ...more,
  });
  const find = (about: string) => office.collections.deliveries.findOne({ about });
  const dead = { state: 'failed', fault: 'blocked', attempt: 12, tried: ['c1'] } as const;
  const again = (id: string, by: string) => khaibao('deliveries', 'again', id, '--by', by);

  test('list counts by lane and state; --dead shows what did not arrive, and why', async () => {
    expect(await khaibao('deliveries', 'list')).toBe('There is no message.');
    expect(await khaibao('deliveries', 'list', '--dead')).toBe('No message is dead.');
    await office.collections.deliveries.insertMany([
      row('a', dead),
      row('b'),
      row('c', { state: 'expired', fault: 'late' }),
      row('d', { state: 'unknown' }),
    ]);
    expect(await khaibao('deliveries', 'list')).toMatch(/alert +failed +1/);
    const printed = await khaibao('deliveries', 'list', '--dead');
    expect(printed).toMatch(/a:alertNews:1:s1 +failed +alert +alertNews .* 12 +blocked/);
    expect(printed).toContain('expired');
    expect(printed).toContain('unknown');
    expect(printed).not.toContain('b:alertNews');
  });

  /** A day of a campaign whose channel was off: all due in one moment. */
  const lostDay = (count: number) =>
    Array.from({ length: count }, (_, n) =>
      row(`c${String(n).padStart(3, '0')}`, {
        ...dead,
        lane: 'campaign',
        purpose: 'campaign',
        fault: 'no-channel',
      }),
    );
  const listed = (printed: string): readonly string[] => printed.match(/^\S+:1:s1/gm) ?? [];

  test('a dead alert stands before a whole day of a campaign, and nothing is cut off unseen', async () => {
    const yesterday = new Date(NOW - 86_400_000);
    await office.collections.deliveries.insertMany([
      ...lostDay(300),
      row('a', { ...dead, readyAt: yesterday }),
      row('r', { ...dead, lane: 'reminder', readyAt: yesterday }),
    ]);
    const first = await khaibao('deliveries', 'list', '--dead');
    expect(listed(first).slice(0, 3)).toEqual([
      'a:alertNews:1:s1',
      'r:alertNews:1:s1',
      'c299:alertNews:1:s1',
    ]);
    expect(listed(first)).toHaveLength(200);
    expect(first).toContain('There are more: alert 1, reminder 1, campaign 300.');
    const [, last = ''] = /--dead --before "(\S+)"`/.exec(first) ?? [];
    const second = await khaibao('deliveries', 'list', '--dead', '--before', last);
    expect(second).not.toContain('There are more');
    expect(new Set([...listed(first), ...listed(second)]).size).toBe(302);
    expect(listed(await khaibao('deliveries', 'list', '--dead', '--all'))).toEqual([
      ...listed(first),
      ...listed(second),
    ]);
    const end = listed(second).at(-1) ?? '';
    expect(await khaibao('deliveries', 'list', '--dead', '--before', end)).toBe('There are no more.');
  });

  test('--lane shows one lane, page by page', async () => {
    await office.collections.deliveries.insertMany([...lostDay(201), row('a', dead)]);
    const alerts = await khaibao('deliveries', 'list', '--dead', '--lane', 'alert');
    expect(listed(alerts)).toEqual(['a:alertNews:1:s1']);
    expect(alerts).not.toContain('There are more');
    const campaign = await khaibao('deliveries', 'list', '--dead', '--lane', 'campaign');
    expect(listed(campaign)).toHaveLength(200);
    expect(campaign).toMatch(/--dead --lane campaign --before "c001:alertNews:1:s1"`/);
    const none = await khaibao('deliveries', 'list', '--dead', '--lane', 'reply');
    expect(none).toBe('No message of the lane "reply" is dead.');
    await expect(khaibao('deliveries', 'list', '--dead', '--lane', 'mail')).rejects.toThrow(/no lane/);
    await expect(khaibao('deliveries', 'list', '--dead', '--before', 'x')).rejects.toThrow(/No message/);
    await expect(khaibao('deliveries', 'list', '--lane', 'alert')).rejects.toThrow(/--dead/);
  });

  test('again sends it once more from its beginning, and says who wanted it', async () => {
    await office.collections.deliveries.insertMany([row('a', dead), row('u', { ...dead, state: 'unknown' })]);
    const [{ id: hoa }, { id: si }] = [await office.worker(), await office.worker({ role: 'admin' })];
    expect(await again('a:alertNews:1:s1', hoa.toLowerCase())).toBe('1 message is on its way again.');
    const redriven = [{ by: hoa, at: new Date(NOW) }];
    const anew = { state: 'ready', attempt: 0, tried: [], readyAt: new Date(NOW), redriven };
    expect(await find('a')).toMatchObject({ ...anew, epoch: 1, expiresAt: new Date(NOW + 86_400_000) });
    expect((await find('a'))?.again).toBeUndefined();
    await again('u:alertNews:1:s1', si);
    expect(await find('u')).toMatchObject({ state: 'ready', again: true, redriven: [{ by: si }] });
  });

  test('again is for somebody on record: not a name, not nobody, not whoever has left', async () => {
    const { id: gone } = await office.worker();
    await office.collections.staff.updateOne({ _id: gone }, { $set: { active: false } });
    await office.collections.deliveries.insertOne(row('a', dead));
    for (const by of ['Lò Thị Hoa', ' ', gone])
      await expect(again('a:alertNews:1:s1', by)).rejects.toThrow(
        `No staff member has the id "${by}": see \`khaibao staff list\`.`,
      );
    await expect(khaibao('deliveries', 'again', 'a:alertNews:1:s1')).rejects.toThrow(/--by/);
    expect(await find('a')).toMatchObject({ state: 'failed', epoch: 0 });
  });

  test('what was sent again in a name, by an older release, is listed by it', async () => {
    const redriven = [{ by: 'Lò Thị Hoa', at: new Date(NOW) }];
    await office.collections.deliveries.insertOne(row('a', { ...dead, redriven }));
    expect(await khaibao('deliveries', 'list', '--dead')).toMatch(/blocked +Lò Thị Hoa$/);
  });

  test('epoch holds what is on its way, in somebody’s name', async () => {
    await office.collections.deliveries.insertMany([row('a'), row('b', { state: 'sent' })]);
    await expect(khaibao('deliveries', 'epoch')).rejects.toThrow(/--by/);
    expect(await khaibao('deliveries', 'epoch', '--by', 'Hoa')).toContain(
      'Epoch 2 has begun; 1 message of the old one is held',
    );
    expect(await khaibao('deliveries', 'list', '--dead')).toMatch(/a:alertNews:1:s1 +held/);
    await office.collections.installation.deleteMany({});
  });

  test('what is on its way or has arrived is left alone', async () => {
    await office.collections.deliveries.insertMany([row('a'), row('b', { state: 'sent' })]);
    const { id: hoa } = await office.worker();
    for (const id of ['a:alertNews:1:s1', 'b:alertNews:1:s1'])
      await expect(again(id, hoa)).rejects.toThrow(/is not dead/);
    await expect(again('x', hoa)).rejects.toThrow(/No message/);
    expect(await find('a')).toMatchObject({ state: 'ready', epoch: 0 });
  });
});

describe('khaibao report', () => {
  const DAY = '2026-11-22';
  const reports = () => office.collections.reports;
  afterEach(() => reports().deleteMany({}));
  const kept = () =>
    reports().insertOne({ _id: DAY, until: new Date(UNTIL), counted: counted({ day: DAY }) });

  test('prints today so far, and writes nothing into the database', async () => {
    const printed = await khaibao('report');
    expect(printed).toContain(
      '📊 Báo cáo ngày 23/11/2026, tỉnh Lai Châu\nTính từ 00:00 đến 09:00 ngày 23/11.',
    );
    expect(printed).toContain('Khai báo: 0 (0).');
    expect(await reports().countDocuments()).toBe(0);
  });

  test('a day that was reported, as it was; the whole of it when that is wanted', async () => {
    await kept();
    expect(await khaibao('report', '--day', DAY)).toContain('Khai báo: 109 (71).');
    expect(await khaibao('report', '--day', '22/11', '--area', 'Than Uyên')).toContain('Khai báo: 90 (71).');
    expect(await khaibao('report', '--day', DAY, '--lang', 'en')).toContain('Declared: 109 (71).');
    expect(await khaibao('report', '--day', DAY, '--whole')).toContain('Khai báo: 0 (0).');
  });

  test('writes the file and the chart', async () => {
    await kept();
    const [out, chart] = [join(folder, 'r.xlsx'), join(folder, 'r.png')];
    await khaibao('report', '--day', DAY, '--out', out, '--chart', chart);
    const [summary] = await readExcelFile(out);
    expect(summary?.data[1]).toEqual(['Khai báo', 109, 71, 38]);
    expect((await readFile(chart)).subarray(1, 4).toString()).toBe('PNG');
  });

  test.each([
    [['--day', '2026-11-24'], /has not begun/],
    [['--day', 'someday'], /is not a day/],
    [['--day', '2026-08-01'], /kept for 90 days/],
    [['--area', '01'], /of the province/],
    [['--lang', 'fr'], /vi, en/],
  ])('%j is refused', async (args, problem) => {
    await expect(khaibao('report', ...args)).rejects.toThrow(problem);
  });
});
