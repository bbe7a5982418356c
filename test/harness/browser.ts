/** A real browser for tests. */
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../tools/chromium.mjs';
import { PATIENCE } from './patience.ts';

/**
 * Without the sandbox, which neither root nor most containers may use: it only ever opens our own pages. Everything
 * else is as people have it, web security above all.
 */
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage'];

/** A headless Chromium of its own; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { path, env } = await findChromium();
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return chromium.launch({
    executablePath: path,
    args: ARGS,
    timeout: PATIENCE,
    env: { ...Object.fromEntries(inherited), ...env },
  });
}
