import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { launchBrowser } from '../../harness/browser.ts';
import { PATIENCE } from '../../harness/patience.ts';
import { chatOn, declareByHand, openPerson, ownWords, type Person, PHONE, toSymptoms } from './person.ts';
import { openSite, type Site } from './site.ts';
import { CODE } from './small-talk.ts';

let site: Site;
let browser: Browser;
let people: Person[] = [];
beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), launchBrowser()]);
});
afterEach(async () => {
  await Promise.all(people.map(({ context }) => context.close()));
  people = [];
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

const visit = async (options = PHONE): Promise<Person> => {
  const person = await openPerson(browser, site.url, options);
  people.push(person);
  return person;
};

const until = async (done: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + PATIENCE;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`not within ${PATIENCE} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const textsSince = (before: number) =>
  site.taken.slice(before).flatMap(({ event }) => (event.type === 'text' ? [event.text] : []));

const inView = (page: Page, what: string) =>
  page
    .locator(what)
    .last()
    .evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      const line = element.ownerDocument.querySelector('.composer')?.getBoundingClientRect().top ?? 0;
      const head = element.ownerDocument.querySelector('.top')?.getBoundingClientRect().bottom ?? 0;
      return top >= head - 1 && bottom <= line + 1;
    });

describe('by touch', () => {
  test('somebody declares and gets a QR as large as the phone', async () => {
    const person = await visit();
    const { page, troubles } = person;
    await declareByHand(person);
    expect(await ownWords(page)).toEqual([
      'Khai báo cho tôi',
      'Đồng ý',
      'Tôi tự gõ',
      'Lò Thị Mẩy',
      'Ho',
      'Đúng, gửi tờ khai',
    ]);
    expect(await page.locator('.qr img').getAttribute('alt')).toBe(`Mã QR của mã tra cứu ${CODE}`);
    expect(await page.locator('.qr code').textContent()).toBe(CODE);
    expect((await page.locator('.qr img').boundingBox())?.width).toBeGreaterThan(280);
    expect(await page.getByRole('link', { name: '0213 3876 515' }).getAttribute('href')).toBe(
      'tel:02133876515',
    );
    await page.locator('.qr a').tap();
    await page.getByRole('dialog').getByRole('img').waitFor();
    await page.getByRole('button', { name: 'Đóng' }).tap();
    await page.getByRole('dialog').waitFor({ state: 'hidden' }); // the browser makes the press of the touch, in its own time
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(troubles).toEqual([]);
  });

  test('each button is as big as a thumb, and the newest question stands in full above the writing line', async () => {
    const person = await visit();
    const { page } = person;
    await toSymptoms(person);
    await until(() => inView(page, '.theirs'));
    const sizes = await page
      .locator('button:visible, .tick')
      .evaluateAll((all) =>
        all.map((one) => Math.min(one.getBoundingClientRect().height, one.getBoundingClientRect().width)),
      );
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
  });

  test('where the list is longer than the phone, whoever has nothing to tick sees the button for it', async () => {
    const person = await visit({ ...PHONE, viewport: { width: 320, height: 430 } });
    const { page, press, asked } = person;
    await toSymptoms(person);
    await until(() => page.evaluate('scrollY > 0'));
    await page.evaluate(
      "document.querySelector('.theirs:last-of-type .ask').scrollIntoView({ behavior: 'instant' })",
    );
    expect(await inView(page, 'form.several')).toBe(false);
    for (const button of ['.foot .choice', '.foot .primary']) await until(() => inView(page, button));
    await page.getByLabel('Ho', { exact: true }).check();
    await press('Không có triệu chứng nào');
    await asked('Không có triệu chứng nào');
    expect(await ownWords(page)).toContain('Không có triệu chứng nào');
    expect(person.troubles).toEqual([]);
  });

  test('a large photo is made small on the phone and stays sharp enough', async () => {
    const { page, press, asked } = await visit();
    await press('Khai báo cho tôi');
    await press('Đồng ý');
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const photo = await sharp({
      create: { width: 4000, height: 3000, channels: 3, background: '#888', noise },
    })
      .jpeg({ quality: 92 })
      .toBuffer();
    const file = { name: 'card.jpg', mimeType: 'image/jpeg', buffer: photo };
    await page.getByLabel('Chụp ảnh').setInputFiles(file);
    await asked('Trong 14 ngày qua');
    const sent = site.photos.at(-1) ?? Buffer.alloc(0);
    const { width, height, format } = await sharp(sent).metadata();
    expect([width, height, format]).toEqual([2000, 1500, 'jpeg']);
    expect(sent.length).toBeLessThan(photo.length / 3);
    expect(await page.locator('.mine img').count()).toBe(1);
  });

  test('a message outside the talk is told to have come, on a page that stays open; none of the talk is', async () => {
    const { page, press, asked } = await visit();
    await press('Khai báo cho tôi');
    await asked('phòng dịch');
    const chat = await chatOn(page);
    const before = site.arrived.length;
    const id = `C7K3M|2026-11-24|${chat}`;
    await site.mailbox.append(chat, { id, lang: 'vi', say: { notes: [], turn: 0 } });
    await until(() => site.arrived.length > before);
    expect(site.arrived.slice(before)).toEqual([id]);
  });

  test('a message from elsewhere comes by itself and is counted in the title of a window behind', async () => {
    const { page, press, asked, context } = await visit();
    await press('Khai báo cho tôi');
    await asked('phòng dịch');
    const cookie = (await context.cookies()).find(({ name }) => name === 'khaibao');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    const other = await openSite({ joins: site });
    const chat = await chatOn(page);
    await page.evaluate(`Object.defineProperty(document, 'hidden', { get: () => true })`);
    const say = {
      notes: [],
      ask: { key: 'small.menu' },
      choices: [{ id: '/go:small', label: 'Nhận' }],
      turn: 0,
    };
    await other.mailbox.append(chat, { id: 'alert:1', lang: 'vi', say });
    await page.getByRole('button', { name: 'Nhận' }).waitFor();
    expect(await page.title()).toMatch(/^\(1\) Tin mới/);
    expect(await page.getByRole('button', { name: 'Đồng ý', exact: true }).count()).toBe(1);
    await other.close();
  });
});

describe('words', () => {
  test('are Vietnamese with composed tone marks, and say their language', async () => {
    const { page, type, press } = await visit();
    expect(await page.locator('html').getAttribute('lang')).toBe('vi');
    const text = (await page.locator('body').textContent()) ?? '';
    expect(text).toBe(text.normalize('NFC'));
    await type('Vàng A Chứ'.normalize('NFD'));
    await page.locator('.mine[data-id]').waitFor();
    expect(await ownWords(page)).toEqual(['Vàng A Chứ'.normalize('NFC')]);
    await press('English');
    await page.locator('html[lang=en]').waitFor();
    await page.locator('article[lang=vi]').first().waitFor();
    expect(await page.locator('.lang button').getAttribute('lang')).toBe('vi');
  });

  test('that look like a program stay words', async () => {
    const { page, type, troubles } = await visit();
    const nasty = `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`;
    await type(nasty);
    await page.locator('.mine[data-id]').waitFor();
    await page.reload();
    expect(await ownWords(page)).toEqual([nasty]);
    expect(await page.title()).toBe('Khai báo y tế · Tỉnh Lai Châu');
    expect(troubles).toEqual([]);
  });
});

describe('a bad line', () => {
  test('cut in the middle: what was written waits, says so, and goes out once and in order', async () => {
    const { page, type, context } = await visit();
    await type('một');
    await page.locator('.mine[data-id]').waitFor();
    const before = site.taken.length;
    await context.setOffline(true);
    await type('hai');
    await type('ba');
    await until(async () => (await page.getByText('Chưa gửi được, sẽ tự gửi lại').count()) === 2);
    expect(await page.locator('#network').isVisible()).toBe(true);
    await until(() => inView(page, '.mine'));
    await context.setOffline(false);
    await until(() => textsSince(before).length === 2);
    await until(async () => (await page.locator('[data-pending]').count()) === 0);
    expect(textsSince(before)).toEqual(['hai', 'ba']);
    expect(await ownWords(page)).toEqual(['một', 'hai', 'ba']);
    await page.locator('#network').waitFor({ state: 'hidden' });
  });

  test('cut behind the message: the answer is lost, the message is not doubled', async () => {
    const { page, type } = await visit();
    let lost = 0;
    await page.route('**/chat', async (route) => {
      if (lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort('connectionreset');
    });
    const before = site.taken.length;
    await type('chỉ một lần');
    await until(async () => lost === 1 && (await page.locator('[data-pending]').count()) === 0);
    await page.locator('.mine[data-id]').waitFor();
    expect(textsSince(before)).toEqual(['chỉ một lần']);
    expect(await ownWords(page)).toEqual(['chỉ một lần']);
  });

  test('and a page that was closed over it: the next page sends what was left', async () => {
    const { page, type, context } = await visit();
    const before = site.taken.length;
    await context.setOffline(true);
    await type('còn lại');
    await page.getByText('Chưa gửi được').waitFor();
    await page.locator('#text').fill('đang viết dở');
    await page.close();
    await context.setOffline(false);
    const next = await context.newPage();
    await next.goto(site.url);
    await until(() => textsSince(before).length === 1);
    await next.locator('.mine[data-id]').waitFor();
    expect(await ownWords(next)).toEqual(['còn lại']);
    expect(await next.locator('#text').inputValue()).toBe('đang viết dở');
    await next.reload();
    await next.waitForLoadState('networkidle').catch(() => undefined);
    expect(textsSince(before)).toEqual(['còn lại']);
  });

  test('with a login page of somebody else in between takes nothing for sent', async () => {
    const { page, type } = await visit();
    let between = true;
    await page.route('**/chat', (route) => {
      if (!between) return route.continue();
      return route.fulfill({ status: 200, contentType: 'text/html', body: '<html>Đăng nhập Wi-Fi</html>' });
    });
    const before = site.taken.length;
    await type('qua Wi-Fi');
    await page.getByText('Chưa gửi được').waitFor();
    between = false;
    await until(() => textsSince(before).length === 1);
    expect(textsSince(before)).toEqual(['qua Wi-Fi']);
  });

  test('or a server that is busy is met with patience', async () => {
    const { page, type } = await visit();
    site.fault = Object.assign(new Error('full'), { retryable: true });
    const before = site.taken.length;
    await type('khi rảnh');
    await page.getByText('Chưa gửi được').waitFor();
    site.fault = undefined;
    await until(() => textsSince(before).length === 1);
    await page.locator('.mine[data-id]').waitFor();
    expect(await ownWords(page)).toEqual(['khi rảnh']);
  });

  test('that outlived the session: the message goes out in a new one', async () => {
    const { page, type, context } = await visit();
    await context.clearCookies();
    const before = site.taken.length;
    await type('phiên mới');
    await until(() => textsSince(before).length === 1);
    await page.locator('.mine[data-id]').waitFor();
    expect(textsSince(before)).toEqual(['phiên mới']);
  });
});

describe('2G', () => {
  /** EDGE as it is in the mountains: 120 kbit/s down, 60 up, most of a second there and back. */
  const EDGE = { offline: false, latency: 700, downloadThroughput: 15_000, uploadThroughput: 7_500 };

  const newcomer = async () => {
    const context = await browser.newContext(PHONE);
    context.setDefaultTimeout(PATIENCE);
    return context;
  };
  /** How long it takes until there is something to press (ms). */
  const firstSight = async (page: Page): Promise<number> => {
    const begun = performance.now();
    await page.goto(site.url, { waitUntil: 'domcontentloaded' });
    await page.getByRole('button', { name: 'Khai báo cho tôi' }).waitFor();
    return performance.now() - begun;
  };

  /** One first load: how many bytes, and how much longer than over a good line until there is something to press (ms). */
  const firstLoad = async (): Promise<{ readonly bytes: number; readonly longer: number }> => {
    const near = await newcomer();
    const here = await firstSight(await near.newPage()); // what the machine takes, however busy it is
    await near.close();
    const context = await newcomer();
    const page = await context.newPage();
    const line = await context.newCDPSession(page);
    await line.send('Network.enable');
    await line.send('Network.emulateNetworkConditions', EDGE);
    let bytes = 0;
    line.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const begun = performance.now();
    const seen = await firstSight(page);
    await page.locator('html.js').waitFor();
    await page.waitForLoadState('load');
    const alive = performance.now() - begun;
    await page.getByRole('button', { name: 'Khai báo cho tôi' }).tap();
    await page.getByRole('button', { name: 'Đồng ý', exact: true }).waitFor();
    process.stdout.write(
      `first load ${bytes} bytes, seen ${Math.round(seen)} ms, alive ${Math.round(alive)} ms at 2G\n`,
    );
    await context.close();
    return { bytes, longer: seen - here };
  };

  test('first load is under 60 KB, usable in seconds, and a press is answered', async () => {
    let load = await firstLoad();
    // What the machine had to do for others just then is no matter of ours: slow three times is slow.
    for (let n = 1; n < 3 && load.longer >= 8_000; n += 1) load = await firstLoad();
    expect(load.bytes).toBeGreaterThan(5_000);
    expect(load.bytes).toBeLessThanOrEqual(60 * 1024);
    expect(load.longer).toBeLessThan(8_000);
  });
});
