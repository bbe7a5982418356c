import type { Browser, Page } from 'playwright-core';
import { PATIENCE } from '../patience.ts';

/** Somebody in front of Microsoft's web client. */
export interface WebChatPerson {
  readonly page: Page;
  /** What the page complained of: errors of scripts, and requests that failed. */
  readonly troubles: readonly string[];
  type(text: string): Promise<void>;
  /** Presses the newest button of this name: a suggested action, or one on a card. */
  press(name: string | RegExp): Promise<void>;
  /** Ticks a box on a card. */
  tick(name: string): Promise<void>;
  attach(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void>;
  /** Waits until this stands somewhere in the conversation. */
  sees(text: string | RegExp): Promise<void>;
  close(): Promise<void>;
}

export const openWebChat = async (browser: Browser, url: string): Promise<WebChatPerson> => {
  const context = await browser.newContext({ locale: 'vi-VN', viewport: { width: 412, height: 900 } });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('requestfailed', (request) => troubles.push(`${request.method()} ${request.url()}`));
  await page.goto(url);
  const line = page.locator('[data-id="webchat-sendbox-input"]');
  await line.waitFor();
  return {
    page,
    troubles,
    type: async (text) => {
      await line.fill(text);
      await line.press('Enter');
    },
    press: (name) => page.getByRole('button', { name, exact: true }).last().click(),
    tick: (name) => page.getByRole('checkbox', { name, exact: true }).last().check(),
    attach: async (file) => {
      await page.locator('input[type=file]').setInputFiles(file);
      // The client makes the picture small first; a press before that sends nothing.
      await page.locator('.webchat__attachment-icon--checked').waitFor();
      await page.getByRole('button', { name: 'Gửi', exact: true }).click();
    },
    sees: (text) => page.getByText(text).last().waitFor(),
    close: () => context.close(),
  };
};
