import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { line } from '../../../src/dialogue/say.ts';
import { launchBrowser } from '../../harness/browser.ts';
import { until } from '../../services/converse/toy.ts';
import { chatOn, declareByHand, openPerson, ownWords, type Person, PHONE, toSymptoms } from './person.ts';
import { openSite, type Site } from './site.ts';
import { CODE } from './small-talk.ts';

let site: Site;
let browser: Browser;
let people: Person[] = [];
beforeAll(async () => {
  const verifyQr = async (token: string) => ({
    state: token === 'good' ? ('valid' as const) : ('unknown' as const),
  });
  [site, browser] = await Promise.all([openSite({ verifyQr }), launchBrowser()]);
});
afterEach(async () => {
  await Promise.all(people.map(({ context }) => context.close()));
  people = [];
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

const visit = async (options: BrowserContextOptions = PHONE): Promise<Person> => {
  const person = await openPerson(browser, site.url, options);
  people.push(person);
  return person;
};

interface Found {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** Every rule of axe, also the ones that are only good practice; the page is judged as it is drawn now. */
const violations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as Found;
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
};

describe.each(['light', 'dark'] as const)('axe finds nothing, %s', (colorScheme) => {
  test('on any face of the talk', async () => {
    const person = await visit({ ...PHONE, colorScheme, reducedMotion: 'reduce' });
    const { page, press, type, asked, context } = person;
    const seen: Record<string, readonly string[]> = {};
    seen.greeting = await violations(page);
    await press('Khai báo cho tôi');
    await press('Đồng ý');
    await asked('căn cước');
    seen.photo = await violations(page);
    await press('Tôi tự gõ');
    await asked('Họ và tên');
    await type('Lò Thị Mẩy');
    await page.getByLabel('Ho', { exact: true }).check();
    seen.several = await violations(page);
    await press('Xong');
    await press('Đúng, gửi tờ khai');
    await page.locator('.qr img').waitFor();
    seen.qr = await violations(page);
    await page.locator('.qr a').click();
    seen.full = await violations(page);
    await page.keyboard.press('Escape');
    await context.setOffline(true);
    await type('còn ai không');
    await page.getByText('Chưa gửi được').waitFor();
    seen.offline = await violations(page);
    expect(seen).toEqual({ greeting: [], photo: [], several: [], qr: [], full: [], offline: [] });
  });

  test('on the pages beside it', async () => {
    const { page } = await visit({ ...PHONE, colorScheme });
    for (const path of ['/q/good', '/q/nothing', '/nowhere']) {
      await page.goto(site.url + path);
      expect([path, await violations(page)]).toEqual([path, []]);
    }
  });
});

describe('by keyboard alone', () => {
  const focused = (page: Page) => page.evaluate('document.activeElement.textContent.trim()');

  test('somebody declares, and is always where the talk is', async () => {
    const { page, asked } = await visit({ viewport: { width: 900, height: 700 } });
    const keys = page.keyboard;
    const tabTo = async (words: string) => {
      for (let n = 0; n < 20; n += 1) {
        if ((await focused(page)) === words) return;
        await keys.press('Tab');
      }
      throw new Error(`no way by Tab to ${words}`);
    };
    await keys.press('Tab');
    expect(await focused(page)).toBe('Đến nội dung chính');
    await keys.press('Enter');
    await tabTo('Khai báo cho tôi');
    await keys.press('Enter');
    await asked('phòng dịch');
    expect(await focused(page)).toBe('Đồng ý');
    await keys.press('Enter');
    await asked('căn cước');
    expect(await page.evaluate('document.activeElement.type')).toBe('file');
    await tabTo('Tôi tự gõ');
    await keys.press('Enter');
    await asked('Họ và tên');
    expect(await page.evaluate('document.activeElement.id')).toBe('text');
    await keys.type('Lò Thị Mẩy');
    await keys.press('Enter');
    await asked('Trong 14 ngày qua');
    expect(await page.evaluate('document.activeElement.id')).toBe('text');
    await keys.press('Shift+Tab');
    await tabToBox(page);
    await keys.press('Space');
    await tabTo('Xong');
    await keys.press('Enter');
    await asked('đã đúng chưa');
    expect(await focused(page)).toBe('Đúng, gửi tờ khai');
    await keys.press('Enter');
    await page.locator('.qr img').waitFor();
    expect(await ownWords(page)).toContain('Sốt từ 37,5 độ trở lên');
  });

  /** Back from the writing line to the first box of the question above it. */
  const tabToBox = async (page: Page): Promise<void> => {
    for (let n = 0; n < 20; n += 1) {
      if ((await page.evaluate('document.activeElement.value')) === 'fever') return;
      await page.keyboard.press('Shift+Tab');
    }
    throw new Error('no way back to the boxes');
  };

  test('Enter while a word is being composed ends the word, Shift+Enter the line, and neither sends', async () => {
    const { page } = await visit();
    const before = site.taken.length;
    await page.locator('#text').fill('Vang');
    await page.locator('#text').dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    await page.locator('#text').press('Shift+Enter');
    expect(await page.locator('#text').inputValue()).toContain('Vang');
    expect(site.taken.length).toBe(before);
  });
});

describe('what a screen reader is told', () => {
  test('who speaks, what a group of buttons answers, and what is new', async () => {
    const { page, press, asked } = await visit();
    await press('Khai báo cho tôi');
    await asked('phòng dịch');
    const log = page.getByRole('log', { name: 'Tin nhắn' });
    expect(await log.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      'Hệ thống:',
      'Anh/chị:',
      'Hệ thống:',
    ]);
    const group = page.getByRole('group', { name: /đồng ý cho Sở Y tế/ });
    expect(await group.getByRole('button').allTextContents()).toEqual(['Đồng ý', 'Không đồng ý']);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Trò chuyện khai báo y tế');
    expect(await page.getByRole('textbox', { name: 'Tin nhắn của anh/chị' }).count()).toBe(1);
  });
});

test('without a script somebody declares all the same', async () => {
  const person = await visit({ ...PHONE, javaScriptEnabled: false });
  const { page } = person;
  await declareByHand(person);
  expect(await page.locator('.qr code').textContent()).toBe(CODE);
  const image = await page.request.get(
    site.url + ((await page.locator('.qr img').getAttribute('src')) ?? ''),
  );
  expect(image.headers()['content-type']).toBe('image/png');
});

test('without a script somebody who has nothing to tick says so, whatever is ticked', async () => {
  const person = await visit({ ...PHONE, javaScriptEnabled: false });
  const { page, press, asked } = person;
  await toSymptoms(person);
  await page.getByLabel('Ho', { exact: true }).check();
  await press('Không có triệu chứng nào');
  await page.getByRole('button', { name: 'Đúng, gửi tờ khai' }).waitFor();
  await asked('Không có triệu chứng nào');
});

test('without a script somebody looks for what came later, again and again', async () => {
  const person = await visit({ ...PHONE, javaScriptEnabled: false });
  await declareByHand(person);
  const chat = await chatOn(person.page);
  for (const name of ['Một', 'Hai', 'Ba']) {
    const say = { notes: [line('small.done', { name, code: CODE })], turn: 0 };
    await site.mailbox.append(chat, { id: `later ${name}`, lang: 'vi', say });
    await person.page.getByText('Xem tin mới').click();
    await person.asked(`Cảm ơn anh/chị ${name}`);
  }
});

test('without a script a photo goes by a plain form', async () => {
  const { page, press } = await visit({ ...PHONE, javaScriptEnabled: false });
  await press('Khai báo cho tôi');
  await press('Đồng ý');
  const buffer = Buffer.from('/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==', 'base64');
  await page.getByLabel('Chọn ảnh có sẵn').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer });
  // Whoever goes on before it has arrived has taken it back: a link pressed now would end the post.
  const arrived = page.waitForResponse((response) => response.request().method() === 'POST');
  await press('Gửi ảnh');
  await arrived;
  // The photo is read meanwhile: whoever has no script looks again until something new is there.
  await until(async () => {
    await page.getByText('Xem tin mới').click();
    return page.locator('.theirs').getByText('Trong 14 ngày qua').last().isVisible();
  });
});
