import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { launchBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test('opens a page, runs its script, and draws Vietnamese letters', async () => {
  const page = await browser.newPage();
  await page.goto(
    'data:text/html;charset=utf-8,<h1 style="font-size:60px">Khai báo y tế: Phong Thổ, Sìn Hồ</h1><script>document.title=1+1</script>',
  );
  expect(await page.title()).toBe('2');
  const { channels } = await sharp(await page.screenshot()).stats();
  expect(channels[0]?.min).toBeLessThan(64); // something dark on the white page
  await page.close();
});

test('has contexts that know nothing of each other, and can be cut off the network', async () => {
  const [one, other] = [await browser.newContext(), await browser.newContext({ offline: true })];
  await one.addCookies([{ name: 'a', value: 'b', url: 'http://127.0.0.1' }]);
  expect(await other.cookies()).toEqual([]);
  await one.close();
  await other.close();
  expect(browser.isConnected()).toBe(true);
});
