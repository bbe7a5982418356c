import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { toneless } from '../../src/domain/text.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { declareSick, invite, linkStaff } from '../harness/story.ts';
import { terminalPhone, webPhone } from '../harness/wires.ts';

let app: TestApp;
let dump: Buffer;

/** Collections that hold rules and zones, which speak of symptoms in general and of nobody. */
const GENERAL = new Set(['rules', 'zones']);

beforeAll(async () => {
  app = await startTestApp();
  const [nurse, citizen] = [await webPhone(app), terminalPhone(app, 'seeded-citizen')];
  await linkStaff(app, nurse, 'Lò Thị Canh', '12');
  await declareSick(citizen, 'Quàng Văn Kín');
  const receipt = await citizen.hear('Mã tra cứu');
  await nurse.hear('Nguy cơ cao');
  await nurse.say('nhận');
  await nurse.hear('Quàng Văn Kín');
  await citizen.say('phản ánh khó khăn');
  await citizen.say('1');
  await citizen.say('Chốt Sơn Bình tắc đường từ sáng sớm');
  const officer = await webPhone(app);
  for (const [said, heard] of [
    [await invite(app, 'Sùng A Ngắm', '12', 'officer'), 'Sùng A Ngắm'],
    ['qua chốt', 'ở chốt nào'],
    ['1', 'Gõ mã tra cứu'],
    [/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}/.exec(receipt)?.[0] ?? '', 'Q. V. K.'],
    ['chuyển y tế', 'Lý do'],
    ['đi từ vùng dịch về', 'Đã ghi'],
  ] as const) {
    await officer.say(said);
    await officer.hear(heard);
  }
  for (const phone of [nurse, citizen, officer]) phone.close();
  dump = await dumpAll();
});
afterAll(() => app.end());

/** Every document of every collection, byte for byte as it is stored. */
const dumpAll = async (): Promise<Buffer> => {
  const { connection } = app.store.database;
  const parts: Buffer[] = [];
  for (const { name } of (await connection.db?.listCollections().toArray()) ?? []) {
    if (GENERAL.has(name)) continue;
    const documents = connection.collection(name).find({}, { raw: true });
    for await (const document of documents) parts.push(Buffer.from(document as unknown as Uint8Array));
  }
  return Buffer.concat(parts);
};

/** A value in every writing somebody who searches a dump would try. */
const writings = (value: string): readonly Buffer[] => {
  const forms = [
    value,
    value.normalize('NFD'),
    toneless(value),
    value.toUpperCase(),
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
  ];
  const bytes = forms.flatMap((form) => [Buffer.from(form), Buffer.from(form, 'utf16le')]);
  // Base64 looks different at each of three offsets; the signs at the edges depend on the neighbours.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(
      Buffer.concat([Buffer.alloc(shift), Buffer.from(value)])
        .toString('base64')
        .slice(shift === 0 ? 0 : shift + 1, -4),
    ),
  );
  return [
    ...bytes,
    Buffer.from(Buffer.from(value).toString('hex')),
    ...base64.filter(({ length }) => length >= 8),
  ];
};

const SEEDED = {
  name: 'Quàng Văn Kín',
  'staff name': 'Lò Thị Canh',
  'officer name': 'Sùng A Ngắm',
  'reason of a passage': 'fromZone',
  phone: '987000111',
  'identity number': '099088004321',
  address: 'Hua Chải',
  plate: '24B-000.11',
  symptom: 'khó thở',
  'symptom id': 'breath',
  'symptom fever': 'fever',
  note: 'tắc đường từ sáng sớm',
  'terminal address': 'seeded-citizen',
};

describe('a dump of the database and the logs', () => {
  test('holds the run', () => {
    expect(dump.length).toBeGreaterThan(10_000);
    expect(app.logged.length).toBeGreaterThan(20);
  });

  test.each(Object.entries(SEEDED))('shows no %s', (_what, value) => {
    const log = Buffer.from(app.logged.join(''));
    const found = writings(value).filter((writing) => dump.includes(writing) || log.includes(writing));
    expect(found.map(String)).toEqual([]);
  });

  test('would be found out: a value that is stored in the clear is seen', () => {
    expect(writings('12/03595').some((writing) => dump.includes(writing))).toBe(true);
  });
});
