import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { PATIENCE } from '../../harness/patience.ts';

/** A cheap phone: 360 pixels wide, touch. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

/** Somebody with the chat open in a real browser. */
export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page: script errors, and what its own policy forbade. */
  readonly troubles: readonly string[];
  press(name: string): Promise<void>;
  type(text: string): Promise<void>;
  /** Waits until the bot has asked this. */
  asked(words: string): Promise<void>;
}

const NETWORK = /net::ERR_|Failed to load resource/;

export const openPerson = async (
  browser: Browser,
  url: string,
  options: BrowserContextOptions = PHONE,
): Promise<Person> => {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !NETWORK.test(message.text())) troubles.push(message.text());
  });
  await page.goto(url);
  return {
    page,
    context,
    troubles,
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    type: async (text) => {
      await page.locator('#text').fill(text);
      await page.locator('.send').click();
    },
    asked: (words) => page.locator('.theirs').getByText(words).last().waitFor(),
  };
};

/** The own messages on the page, in their order. */
export const ownWords = (page: Page): Promise<string[]> => page.locator('.mine .bubble p').allTextContents();

/** The chat of a page on which something was said already. */
export const chatOn = async (page: Page): Promise<string> =>
  (await page.locator('article[data-id]').first().getAttribute('data-id'))?.split(':')[0] ?? '';

/** Up to the question about symptoms. */
export const toSymptoms = async ({ press, type, asked, page }: Person): Promise<void> => {
  await press('Khai báo cho tôi');
  await press('Đồng ý');
  await press('Tôi tự gõ');
  await asked('Họ và tên');
  await type('Lò Thị Mẩy');
  await page.getByLabel('Ho', { exact: true }).waitFor();
};

/** Through the small declaration up to the QR. */
export const declareByHand = async (person: Person): Promise<void> => {
  const { press, page } = person;
  await toSymptoms(person);
  await page.getByLabel('Ho', { exact: true }).check();
  await press('Xong');
  await press('Đúng, gửi tờ khai');
  await page.locator('.qr img').waitFor();
};
