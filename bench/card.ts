/**
 * Reading the citizen card from a photo: how many of 20 made-up photos of each level, and how long it takes.
 * `node --import ./tools/typescript.mjs bench/card.ts`
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isDeepStrictEqual } from 'node:util';
import { lookForCard, PASSES } from '../src/services/card/look.ts';
import { type CardReader, createCardReader } from '../src/services/card/reader.ts';
import { type CardPhoto, cardPhoto, LEVELS, type Level } from '../test/harness/cards.ts';

const PHOTOS = 20;

const quantile = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;

async function firstTries(photos: readonly CardPhoto[]): Promise<number> {
  let read = 0;
  for (const { image, card } of photos) {
    const result = await lookForCard(image, PASSES.slice(0, 1));
    if (result.ok && isDeepStrictEqual(result.card, card)) read += 1;
  }
  return read;
}

async function timed(reader: CardReader, photos: readonly CardPhoto[]) {
  const times: number[] = [];
  let read = 0;
  for (const { image, card } of photos) {
    const from = performance.now();
    const result = await reader.read(image);
    times.push(performance.now() - from);
    if (result.ok && isDeepStrictEqual(result.card, card)) read += 1;
  }
  return { read, times: times.sort((a, b) => a - b) };
}

async function row(reader: CardReader, level: Level) {
  const photos: CardPhoto[] = [];
  for (let seed = 1; seed <= PHOTOS; seed++) photos.push(await cardPhoto(level, seed));
  const first = await firstTries(photos);
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const { read, times } = await timed(reader, photos);
  loop.disable();
  return {
    level,
    'first try': `${first}/${PHOTOS}`,
    'with second tries': `${read}/${PHOTOS}`,
    'median ms': Math.round(quantile(times, 0.5)),
    'p95 ms': Math.round(quantile(times, 0.95)),
    'slowest ms': Math.round(quantile(times, 1)),
    'event loop, longest pause ms': Math.round(loop.max / 1e6),
  };
}

const reader = createCardReader();
const cold = performance.now();
await reader.read((await cardPhoto('easy', 0)).image);
const started = performance.now() - cold;
const rows = [];
for (const level of Object.keys(LEVELS) as Level[]) rows.push(await row(reader, level));
console.table(rows);
console.log(
  `The first photo, with the start of the thread: ${Math.round(started)} ms (drawing it included).`,
);
await reader.close();
