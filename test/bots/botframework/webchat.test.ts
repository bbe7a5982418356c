import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { dayOf } from '../../../src/domain/day.ts';
import { readCodes } from '../../../src/services/card/codes.ts';
import { openDeclaration } from '../../../src/services/declarations/record.ts';
import type { DeclarationDoc } from '../../../src/store/declarations.ts';
import { startTestApp, type TestApp } from '../../harness/app.ts';
import { type Connector, startConnector } from '../../harness/botframework/connector.ts';
import { type DirectLine, startDirectLine } from '../../harness/botframework/directline.ts';
import { openWebChat, type WebChatPerson } from '../../harness/botframework/webchat-client.ts';
import { launchBrowser } from '../../harness/browser.ts';
import { cardPhoto } from '../../harness/cards.ts';
import { PATIENCE } from '../../harness/patience.ts';
import { webchatBundle } from '../../harness/webchat.ts';

let browser: Browser;
let client: string;
beforeAll(async () => {
  [browser, client] = await Promise.all([launchBrowser(), webchatBundle()]);
}, 300_000); // on a clean machine the client is fetched first
afterAll(() => browser.close());

const stored = async (app: TestApp, code: string) => {
  const { database, index, sealer } = app.store;
  const codeIndex = index('lookupCode', code.replaceAll('-', ''));
  const doc = await database.models.declarations.findOne({ codeIndex }).lean<DeclarationDoc>();
  if (doc === null) throw new Error('no declaration under this code');
  return (await openDeclaration({ sealer } as never, doc)).sealed.declared;
};

/** What a scanner held before the screen reads: the QR must be seen whole, not only be in the message. */
const codesSeen = async ({ page }: WebChatPerson): Promise<readonly string[]> => {
  await page.locator('img').last().waitFor();
  // The client scrolls down smoothly.
  for (const deadline = Date.now() + PATIENCE; ; ) {
    const picture = sharp(await page.screenshot())
      .greyscale()
      .raw();
    const { data, info } = await picture.toBuffer({ resolveWithObject: true });
    const codes = await readCodes({ data, width: info.width, height: info.height });
    if (codes.length > 0 || Date.now() > deadline) return codes;
  }
};

/** What somebody does, and what they wait for before they go on. */
const declare = async (person: WebChatPerson, photo: Buffer): Promise<void> => {
  const { press, sees, tick, type } = person;
  await press('Khai báo cho tôi');
  await sees('đồng ý không');
  await press('Đồng ý');
  await sees('Gửi ảnh chụp rõ mã QR');
  await person.attach({ name: 'card.jpg', mimeType: 'image/jpeg', buffer: photo });
  await sees('Số điện thoại');
  await type('0912 345 678');
  await sees('từ đâu đến đâu');
  await type('Hà Nội đến Than Uyên');
  await sees('Đi bằng gì');
  await press('Xe khách');
  await sees('Biển số');
  await type('29B-123.45 ghế 12');
  await sees('Ngày đi');
  await press(/^Hôm nay/);
  await sees('ở lại đâu');
  await press(/^Tại nơi đến/);
  await sees('dấu hiệu nào');
  await tick('Ho');
  await tick('Mệt mỏi');
  await press('Xong');
  await sees('điều nào sau đây');
  await press('Không có điều nào');
  await sees('đã đúng chưa');
  await press('Đúng, gửi');
  await sees('Mã tra cứu');
};

describe.each(['botbuilder', 'agents'])("in Microsoft's own web client, with %s", (sdk) => {
  let connector: Connector;
  let line: DirectLine;
  let app: TestApp;
  beforeAll(async () => {
    connector = await startConnector();
    line = await startDirectLine(connector, client);
    app = await startTestApp({ ...connector.env, BOT_FRAMEWORK_SDK: sdk });
    connector.bot(`${app.url}/api/messages`);
  });
  afterAll(async () => {
    await line.close();
    await app.end();
    await connector.close();
  });

  test('somebody declares with a photo, buttons, boxes to tick and words, and gets the code and its QR', async () => {
    const { image, card } = await cardPhoto('easy', 1);
    const person = await openWebChat(browser, line.page);
    const days = [dayOf(Date.now())];
    await declare(person, image);
    days.push(dayOf(Date.now())); // "today" was pressed on one of them
    const said = await person.page
      .getByText(/Mã tra cứu: \S+\./)
      .last()
      .textContent();
    const code = /Mã tra cứu: (\S+)\./.exec(said ?? '')?.[1] ?? '';
    expect(await codesSeen(person)).toEqual([expect.stringMatching(/\/q\/[\w-]{40,}$/)]);
    expect(await stored(app, code)).toMatchObject({
      person: {
        name: card.name,
        id: { kind: 'national', number: card.idNumber },
        phone: '+84912345678',
      },
      trip: {
        from: { code: '01' },
        to: { code: '03595' },
        means: 'coach',
        day: expect.stringMatching(days.join('|')),
      },
      health: { symptoms: ['cough', 'fatigue'], exposures: [] },
    });
    expect(person.troubles).toEqual([]);
    await person.close();
  });
});
