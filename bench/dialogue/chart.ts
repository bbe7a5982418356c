import type { Speed } from './speed.ts';

const WIDTH = 760;
const LEFT = 170;
const BAR = 16;
const GAP = 5;
const GROUP = 34;
const TOP = 46;
/** Room for the figure behind the longest bar. */
const RIGHT = 70;
const OURS = '#0b6e4f';
const THEIRS = '#8d99ae';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const text = (x: number, y: number, said: string, more = ''): string =>
  `<text x="${x}" y="${y}"${more}>${escaped(said)}</text>`;

/** It stores nothing: no bar beside those that do. */
const FLOOR = 'nothing-stored';

/** Bars of updates per second, by number of chats: as long as the figures, from nought. */
export const chart = (all: readonly Speed[], date: string): string => {
  const speeds = all.filter(({ bot }) => bot !== FLOOR);
  const most = Math.max(1, ...speeds.map(({ rate }) => rate));
  const parts: string[] = [];
  let y = TOP;
  for (const chats of [...new Set(speeds.map((speed) => speed.chats))]) {
    y += 18;
    parts.push(
      text(
        16,
        y,
        `${chats.toLocaleString('en')} ${chats === 1 ? 'chat' : 'chats at once'}`,
        ' font-weight="600"',
      ),
    );
    y += 8;
    for (const { bot, rate } of speeds.filter((speed) => speed.chats === chats)) {
      const width = Math.max(1, Math.round(((WIDTH - LEFT - RIGHT) * rate) / most));
      const colour = bot === 'khaibao' ? OURS : THEIRS;
      parts.push(text(LEFT - 8, y + 12, bot, ' text-anchor="end"'));
      parts.push(`<rect x="${LEFT}" y="${y}" width="${width}" height="${BAR}" fill="${colour}"/>`);
      parts.push(text(LEFT + width + 6, y + 12, Math.round(rate).toLocaleString('en')));
      y += BAR + GAP;
    }
    y += GROUP - 18;
  }
  const title = `Durable updates per second, ${date}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" viewBox="0 0 ${WIDTH} ${y}" role="img" aria-label="${title}" font-family="sans-serif" font-size="13" fill="#1f2430">`,
    `<rect width="${WIDTH}" height="${y}" fill="#ffffff"/>`,
    text(16, 28, title, ' font-size="16" font-weight="600"'),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
};
