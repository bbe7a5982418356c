import { ok, type Parsed, problem } from '../parsed.ts';
import { clean, toneless } from '../text.ts';

/** Channels a campaign may go over, by the names plans hold, with what people call them (without marks). */
const CALLED: Readonly<Record<string, readonly string[]>> = {
  telegram: ['telegram', 'tele'],
  botframework: ['botframework', 'teams hoac web chat', 'teams or web chat', 'teams', 'web chat'],
  web: ['trang web', 'the web page', 'web page', 'website', 'web'],
  sms: ['tin nhan sms', 'sms'],
};

/** The longest first: "web chat" is another channel than "web". */
const WORDS = Object.entries(CALLED)
  .flatMap(([name, words]) => words.map((word) => [word, name] as const))
  .toSorted(([a], [b]) => b.length - a.length);
const NAMES = new RegExp(`\\b(?:${WORDS.map(([word]) => word).join('|')})\\b`, 'g');
const NAME_OF: ReadonlyMap<string, string> = new Map(WORDS);

/** What may stand between two of them. */
const BETWEEN = /^(?:[\s,;.>→-]|\b(?:roi|sau do|den|then)\b)*$/;

/**
 * Channels in the order somebody wrote them ("Telegram, rồi SMS"), each once; what is none, or is not among those there are, is refused, so
 * that nobody waits for a channel that is never tried.
 */
export const parseChannels =
  (known: readonly string[]) =>
  (raw: string): Parsed<readonly string[]> => {
    const text = toneless(clean(raw));
    const found = [...text.matchAll(NAMES)].map(([word]) => NAME_OF.get(word) ?? word);
    const well = found.every((name, at) => known.includes(name) && found.indexOf(name) === at);
    const whole = BETWEEN.test(text.replaceAll(NAMES, ' '));
    return found.length > 0 && well && whole ? ok(found) : problem('problem.campaignChannels');
  };
