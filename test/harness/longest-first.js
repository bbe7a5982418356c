import testSequencer from '@jest/test-sequencer';

/** @typedef {{ path: string, duration?: number }} Test */

// Its types speak of the CommonJS build; the module's default is the class.
const Sequencer = /** @type {new (...options: unknown[]) => { sort(tests: Test[]): Test[] }} */ (
  /** @type {unknown} */ (testSequencer)
);

/**
 * What takes longest, in seconds of the clock and not of the processor: begun last, one of them would be waited for
 * alone. The order among them matters little.
 */
export const LONGEST = [
  'services/card/reader',
  'bots/web/page',
  'bots/web/access',
  'bots/botframework/webchat',
  'services/converse/converse',
  'store/embedded',
  'delivery/mailbox',
  'app/alert',
  'chaos/checker',
  'delivery/outbox',
  'bots/botframework/sdks',
  'bots/web/channel',
  'services/converse/outage',
  'app/declare',
  'app/connect',
  'main',
  'domain/place/country',
];

const rank = (/** @type {Test} */ { path }) => {
  const at = LONGEST.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  return at < 0 ? LONGEST.length : at;
};

/** jest begins with what took longest the last time; where there was no last time, as on a clean clone, with these. */
export default class LongestFirst extends Sequencer {
  /**
   * @override
   * @param {Test[]} tests
   */
  sort(tests) {
    const sorted = super.sort(tests);
    const known = sorted.some(({ duration }) => duration !== undefined);
    return known ? sorted : sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}
