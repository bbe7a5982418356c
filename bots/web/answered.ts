import type { Mailbox } from '../../src/delivery/mailbox.ts';

/** An answer takes milliseconds; somebody without a script waits for it here rather than on an old page. */
const PATIENCE = 4_000;

/**
 * Waits until the bot has said something after the letter `last`, or for as long as patience lasts. The plain page is
 * drawn right after it, and cannot learn of what comes later.
 */
export const answered = async (
  mailbox: Mailbox,
  chat: string,
  last: string | undefined,
  patience = PATIENCE,
): Promise<void> => {
  let woken = (): void => undefined;
  const stop = mailbox.watch(chat, () => woken());
  const deadline = Date.now() + patience;
  try {
    while (Date.now() < deadline) {
      const news = new Promise<void>((resolve) => {
        woken = resolve;
      });
      if ((await mailbox.since(chat, last)).some(({ say }) => say !== undefined)) return;
      await Promise.race([news, delay(deadline - Date.now())]);
    }
  } finally {
    stop();
  }
};

const delay = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms)).unref();
  });
