import { describe, expect, test } from '@jest/globals';
import type { ActivityOut } from '../../../bots/botframework/activity.ts';
import { createCollectors } from '../../../bots/botframework/collector.ts';
import { activitiesOf, type RenderParts } from '../../../bots/botframework/render.ts';
import { CATALOGUES } from '../../../locales/index.ts';
import { fileName, XLSX } from '../../../src/delivery/attachments.ts';
import { DONE, NONE } from '../../../src/dialogue/question/choice.ts';
import { createRenderer } from '../../../src/dialogue/render.ts';
import { type Choice, line, type Say } from '../../../src/dialogue/say.ts';

const renderer = createRenderer({ catalogues: CATALOGUES, placeName: (code) => code });
const VI = { address: 'somewhere', lang: 'vi' } as const;
const png = Buffer.from('a picture');
const parts: RenderParts = {
  renderer,
  attachments: {
    image: async (image) => (image.kind === 'qr' && image.code === 'gone' ? null : png),
    file: async (file) => ({ name: fileName(file), type: XLSX, bytes: Buffer.from('a workbook') }),
  },
};

const yes: Choice = { id: 'yes', label: line('word.yes') };
const no: Choice = { id: 'no', label: line('word.no') };
const back: Choice = { id: '/back', label: line('engine.back'), control: true };
const question: Say = { notes: [], ask: line('withdraw.sure'), choices: [yes, no, back], turn: 4 };
const several: Say = {
  notes: [],
  ask: line('health.symptoms'),
  choices: [
    { id: 'fever', label: line('symptom.fever'), picked: true },
    { id: 'cough', label: line('symptom.cough') },
    { id: NONE, label: line('word.no') },
    { id: DONE, label: line('engine.done'), control: true },
    back,
  ],
  several: true,
  turn: 5,
};

const shown = async (channelId: string, say: Say): Promise<ActivityOut> => {
  const [only, ...more] = await activitiesOf(parts, channelId, VI, say);
  if (only === undefined || more.length > 0) throw new Error('one message was expected');
  return only;
};

const actionsOf = ({ suggestedActions }: ActivityOut) => suggestedActions?.actions ?? [];

/** What stands on a card: its boxes, and its rows of buttons. */
interface CardBody {
  readonly type: string;
  readonly value?: string;
  readonly choices?: readonly unknown[];
  readonly actions?: readonly {
    readonly title: string;
    readonly data: unknown;
    readonly associatedInputs?: string;
  }[];
}
const bodyOf = ({ attachments = [] }: ActivityOut): readonly CardBody[] =>
  attachments.flatMap(({ content }) => (content as { body: readonly CardBody[] } | undefined)?.body ?? []);

describe('a question with choices', () => {
  test.each(['webchat', 'directline', 'emulator'])(
    '%s: buttons that say which question they belong to',
    async (channel) => {
      const said = await shown(channel, question);
      expect(said.text).not.toContain('1. ');
      expect(actionsOf(said)).toEqual(
        [
          ['yes', 'Có'],
          ['no', 'Không'],
          ['/back', 'Quay lại'],
        ].map(([id, title]) => ({
          type: 'messageBack',
          title,
          text: title,
          displayText: title,
          value: { khaibao: { turn: 4, id } },
        })),
      );
    },
  );

  test('Teams: buttons on a card, shown as the person’s own words', async () => {
    const said = await shown('msteams', question);
    expect(said.suggestedActions).toBeUndefined();
    const [row] = bodyOf(said);
    expect(row?.actions?.map(({ title, data }) => [title, data])).toEqual([
      [
        'Có',
        { khaibao: { turn: 4, id: 'yes' }, msteams: { type: 'messageBack', text: 'Có', displayText: 'Có' } },
      ],
      ['Không', expect.objectContaining({ khaibao: { turn: 4, id: 'no' } })],
      ['Quay lại', expect.objectContaining({ khaibao: { turn: 4, id: '/back' } })],
    ]);
  });

  test('Teams: no more than six buttons in a row', async () => {
    const choices = Array.from({ length: 14 }, (_, n) => ({ id: `${n}`, label: `Xã ${n}` }));
    const rows = bodyOf(await shown('msteams', { ...question, choices }));
    expect(rows.map(({ actions = [] }) => actions.length)).toEqual([6, 6, 2]);
  });

  test.each(['facebook', 'telegram', 'line', 'slack'])(
    '%s: buttons that type, and numbers',
    async (channel) => {
      const said = await shown(channel, question);
      expect(said.text).toContain('1. Có\n2. Không');
      expect(actionsOf(said)[0]).toEqual({ type: 'imBack', title: 'Có', value: 'Có' });
    },
  );

  test('Facebook: a long label is cut on the button, and whole in what it types', async () => {
    const label = 'Một câu trả lời dài hơn hai mươi chữ';
    const [action] = actionsOf(await shown('facebook', { ...question, choices: [{ id: 'long', label }] }));
    expect(action).toEqual({ type: 'imBack', title: 'Một câu trả lời dài…', value: label });
  });

  test.each(['sms', 'email', 'constructor', 'a-channel-of-next-year'])(
    '%s: text, choices numbered',
    async (channel) => {
      const said = await shown(channel, question);
      expect(said).toEqual({
        type: 'message',
        textFormat: 'plain',
        locale: 'vi',
        text: expect.stringMatching(/1\. Có\n2\. Không\nQuay lại$/),
      });
    },
  );

  test('more choices than a channel has room for are numbered', async () => {
    const choices = Array.from({ length: 12 }, (_, n) => ({ id: `${n}`, label: `Xã ${n}` }));
    const said = await shown('facebook', { ...question, choices });
    expect(said.suggestedActions).toBeUndefined();
    expect(said.text).toContain('12. Xã 11');
  });
});

describe('several choices', () => {
  test.each(['webchat', 'msteams'])('%s: boxes to tick, and a button that sends them', async (channel) => {
    const said = await shown(channel, several);
    expect(said.suggestedActions).toBeUndefined();
    const [boxes, row] = bodyOf(said);
    expect(boxes).toMatchObject({
      type: 'Input.ChoiceSet',
      isMultiSelect: true,
      value: 'fever',
      choices: [
        { title: 'Sốt', value: 'fever' },
        { title: expect.any(String), value: 'cough' },
      ],
    });
    expect(row?.actions?.map(({ data, associatedInputs }) => [data, associatedInputs])).toMatchObject([
      [{ khaibao: { id: NONE } }, 'none'],
      [{ khaibao: { id: DONE } }, undefined],
      [{ khaibao: { id: '/back' } }, 'none'],
    ]);
  });

  test('without cards: ticks in the text', async () => {
    const said = await shown('facebook', several);
    expect(said.text).toContain('1. [x] Sốt\n2. [ ] ');
  });
});

describe('long texts and pictures', () => {
  const long: Say = { ...question, notes: [line('engine.keep', { value: 'từ '.repeat(3_000) })] };
  const qr: Say = { notes: [line('engine.dropped')], image: { kind: 'qr', code: 'LC-1' }, turn: 6 };

  test('the buttons are on the last part', async () => {
    const said = await activitiesOf(parts, 'webchat', VI, long);
    expect(said.map(({ suggestedActions }) => suggestedActions !== undefined)).toEqual([false, false, true]);
    expect(Math.max(...said.map(({ text = '' }) => text.length))).toBeLessThanOrEqual(4_096);
  });

  const url = `data:image/png;base64,${png.toString('base64')}`;

  test('the QR is a picture beside its words', async () => {
    expect(await shown('msteams', qr)).toMatchObject({
      text: 'Đã xóa bản nháp.',
      attachments: [{ contentType: 'image/png', contentUrl: url }],
    });
  });

  test('Web Chat cuts pictures: the QR is on a card', async () => {
    const said = await shown('webchat', qr);
    expect(said.text).toBe('Đã xóa bản nháp.');
    expect(bodyOf(said)).toMatchObject([{ type: 'Image', url, altText: 'QR' }]);
  });

  test('a QR that is gone leaves the words', async () => {
    const said = await shown('webchat', { ...qr, image: { kind: 'qr', code: 'gone' } });
    expect(said.attachments).toBeUndefined();
  });

  const ref = { report: 'r', day: '2026-11-26', area: '12' } as const;
  const report: Say = {
    notes: [line('engine.dropped')],
    image: { kind: 'chart', ...ref },
    file: { kind: 'report', ...ref },
    turn: 8,
  };

  test('Web Chat shows the chart with its name, and the file as a link', async () => {
    const said = await shown('webchat', report);
    expect(said.attachments).toMatchObject([
      { content: { body: [{ altText: 'Biểu đồ số khai báo theo ngày và nguy cơ' }] } },
      {
        contentType: XLSX,
        contentUrl: `data:${XLSX};base64,${Buffer.from('a workbook').toString('base64')}`,
        name: 'khai-bao-2026-11-26-12.xlsx',
      },
    ]);
    expect(said.text).toBe('Đã xóa bản nháp.');
  });

  test.each(['msteams', 'slack', 'facebook', 'unheard-of'])(
    '%s takes no file: it says where one is',
    async (channel) => {
      const said = await shown(channel, report);
      expect(said.text).toBe(
        'Đã xóa bản nháp.\nKênh này không nhận tệp. Tệp Excel có ở trang web hoặc Telegram: mời gõ "báo cáo" ở đó.',
      );
      expect(said.attachments).toMatchObject([{ contentType: 'image/png', contentUrl: url }]);
    },
  );

  test('nothing to say is no message', async () => {
    expect(await activitiesOf(parts, 'webchat', VI, { notes: [], turn: 7 })).toEqual([]);
  });
});

describe('replies that are waited for', () => {
  const said = (text: string): ActivityOut => ({ type: 'message', text });

  test('are those of one address, until it is quiet', async () => {
    const collectors = createCollectors(30, 2_000);
    const collecting = collectors.open('a');
    const done = collecting.done();
    expect([collectors.take('a', said('1')), collectors.take('b', said('2'))]).toEqual([true, false]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    collectors.take('a', said('3'));
    expect((await done).map(({ text }) => text)).toEqual(['1', '3']);
    expect(collectors.take('a', said('4'))).toBe(false);
  });

  test('are none after a while', async () => {
    expect(await createCollectors(10, 20).open('a').done()).toEqual([]);
  });
});
