/**
 * Photos of citizen cards as phones take them, drawn from a seed: the same seed is the same photo, byte for byte on
 * one version of sharp. Everybody on them is made up.
 */
import { create, type QRCode } from 'qrcode';
import sharp from 'sharp';
import { type CitizenCard, parseCard } from '../../src/domain/card/parse.ts';

const { cos, exp, floor, imul, max, min, PI, round, sin } = Math;

/** A repeatable source of chance: numbers in [0, 1). */
export type Chance = () => number;

/** The mulberry32 generator. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const between = (chance: Chance, [low, high]: Range) => low + (high - low) * chance();
const pick = <T>(chance: Chance, all: readonly [T, ...T[]]): T => all[floor(chance() * all.length)] ?? all[0];
const digits = (chance: Chance, count: number) =>
  Array.from({ length: count }, () => floor(chance() * 10)).join('');

const FAMILIES = ['Lò', 'Vàng', 'Giàng', 'Nguyễn', 'Sùng', 'Tẩn', 'Lý', 'Pờ', 'Hoàng', 'Chang'] as const;
const MEN = ['Văn Páo', 'A Dơ', 'Minh Tuấn', 'A Lử', 'Văn Thưởng', 'Seo Chẩn'] as const;
const WOMEN = ['Thị Mẩy', 'Thị Dợ', 'Thu Hường', 'Thị Sáo', 'Mỳ Xó', 'Ngọc Quỳnh'] as const;
const HOMES = [
  'Bản Nà Củng, Mường So, Phong Thổ, Lai Châu',
  'Tổ 7, Tân Phong, Thành phố Lai Châu, Lai Châu',
  'Bản Sì Thâu Chải, Hồ Thầu, Tam Đường, Lai Châu',
  'Khu phố 3, Thị trấn Mường Tè, Mường Tè, Lai Châu',
  'Số 12 ngõ 45 đường Trần Hưng Đạo, Nậm Nhùn, Lai Châu',
] as const;

/** The text of a card's QR, seven fields; every third person never had the old number. */
function cardText(chance: Chance): string {
  const woman = chance() < 0.5;
  const year = 1945 + floor(chance() * 60);
  const centuryAndSex = (year < 2000 ? 0 : 2) + (woman ? 1 : 0);
  const idNumber = `012${centuryAndSex}${String(year).slice(2)}${digits(chance, 6)}`;
  const oldNumber = chance() < 1 / 3 ? '' : `045${digits(chance, 6)}`;
  const name = `${pick(chance, FAMILIES)} ${pick(chance, woman ? WOMEN : MEN)}`;
  const day = () => String(1 + floor(chance() * 28)).padStart(2, '0');
  const month = () => String(1 + floor(chance() * 12)).padStart(2, '0');
  const born = `${day()}${month()}${year}`;
  const issued = `${day()}${month()}2021`;
  return [idNumber, oldNumber, name, born, woman ? 'Nữ' : 'Nam', pick(chance, HOMES), issued].join('|');
}

type Range = readonly [low: number, high: number];

/** How bad a photo is. Lengths are pixels of the photo unless said otherwise. */
export interface Conditions {
  readonly qrWidth: Range;
  /** Degrees, either way. */
  readonly turn: Range;
  /** Change of scale per millimetre of card, either way, in x and y. */
  readonly perspective: Range;
  /** How far paper-like waves shift a point, in modules of the code. */
  readonly crumple: Range;
  /** Sigma of the lens, in modules: what it does to a code depends on how large the code is. */
  readonly blur: Range;
  /** Light lost from one corner to the other, 0–1. */
  readonly shade: Range;
  /** Light added in the middle of a spot beside the code, 0–255. */
  readonly glare: Range;
  /** Sigma of the sensor's noise, grey levels. */
  readonly noise: Range;
  readonly jpegQuality: Range;
}

/** Of 100 photos one plain reading gets every easy one, nearly every medium, 56 of hard, 42 of beyond. */
export type Level = 'easy' | 'medium' | 'hard' | 'beyond';
export const LEVELS: Readonly<Record<Level, Conditions>> = {
  easy: {
    qrWidth: [200, 267],
    turn: [0, 10],
    perspective: [0, 0.001],
    crumple: [0, 0],
    blur: [0.15, 0.25],
    shade: [0, 0.2],
    glare: [0, 20],
    noise: [2, 4],
    jpegQuality: [80, 92],
  },
  medium: {
    qrWidth: [150, 220],
    turn: [5, 45],
    perspective: [0.001, 0.003],
    crumple: [0, 0.3],
    blur: [0.25, 0.45],
    shade: [0.2, 0.5],
    glare: [20, 90],
    noise: [4, 9],
    jpegQuality: [55, 80],
  },
  hard: {
    qrWidth: [111, 150],
    turn: [10, 180],
    perspective: [0.002, 0.005],
    crumple: [0.1, 0.6],
    blur: [0.28, 0.44],
    shade: [0.4, 0.7],
    glare: [60, 160],
    noise: [8, 16],
    jpegQuality: [35, 60],
  },
  beyond: {
    qrWidth: [111, 150],
    turn: [10, 180],
    perspective: [0.002, 0.005],
    crumple: [0.2, 0.7],
    blur: [0.3, 0.46],
    shade: [0.4, 0.7],
    glare: [60, 160],
    noise: [8, 16],
    jpegQuality: [35, 60],
  },
};

export interface CardPhoto {
  readonly image: Buffer;
  readonly text: string;
  readonly card: CitizenCard;
}

/** What a phone sends over a messenger: these scale photos to 1,280 on the long side. */
const PHOTO = { width: 1280, height: 960 };

export async function cardPhoto(level: Level, seed: number): Promise<CardPhoto> {
  const chance = chanceFrom(seed);
  const text = cardText(chance);
  const card = parseCard(text);
  if (card === null) throw new Error(`the made-up card ${text} is none`);
  return { image: await photograph(text, LEVELS[level], chance), text, card };
}

/** A JPEG of a card with this text in its QR. */
export async function photograph(text: string, conditions: Conditions, chance: Chance): Promise<Buffer> {
  const code = create(text, { errorCorrectionLevel: 'M' });
  const qrWidth = between(chance, conditions.qrWidth);
  const scene = drawScene(code, qrWidth, conditions, chance);
  const blur = (between(chance, conditions.blur) * qrWidth) / code.modules.size;
  const raw = { ...PHOTO, channels: 1 } as const;
  const seen = await sharp(scene, { raw }).blur(max(blur, 0.3)).toColourspace('b-w').raw().toBuffer();
  addNoise(seen, between(chance, conditions.noise), chance);
  return sharp(seen, { raw: { ...raw, channels: 1 } })
    .toColourspace('srgb')
    .jpeg({ quality: round(between(chance, conditions.jpegQuality)) })
    .toBuffer();
}

/** Millimetres of an ID-1 card (ISO/IEC 7810) and of the code at its upper right. */
const CARD = { width: 85.6, height: 54 };
const QR = { left: 66, top: 4, size: 16 };
const QR_MARGIN = 1;
const QR_MIDDLE = { x: QR.left + QR.size / 2, y: QR.top + QR.size / 2 };

interface Point {
  x: number;
  y: number;
}

const isNearCode = ({ x, y }: Point) =>
  x > QR.left - QR_MARGIN &&
  x < QR.left + QR.size + QR_MARGIN &&
  y > QR.top - QR_MARGIN &&
  y < QR.top + QR.size + QR_MARGIN;

/** The pixels on the code are the mean of 2 × 2 points, so that edges between modules are not jagged. */
const POINTS = [0.25, 0.75] as const;

function drawScene(code: QRCode, qrWidth: number, conditions: Conditions, chance: Chance): Buffer {
  const toCard = camera(code, qrWidth, conditions, chance);
  const light = lamp(conditions, chance);
  const at = { x: 0, y: 0 };
  const reflected = (x: number, y: number) => {
    toCard(x, y, at);
    return reflect(code, at.x, at.y);
  };
  const grey = Buffer.alloc(PHOTO.width * PHOTO.height);
  for (let y = 0; y < PHOTO.height; y++) {
    for (let x = 0; x < PHOTO.width; x++) {
      toCard(x + 0.5, y + 0.5, at);
      let mean = reflect(code, at.x, at.y);
      if (isNearCode(at)) {
        mean = 0;
        for (const dy of POINTS) for (const dx of POINTS) mean += reflected(x + dx, y + dy) / 4;
      }
      grey[y * PHOTO.width + x] = clamp(light(mean, x, y));
    }
  }
  return grey;
}

const clamp = (value: number) => max(0, min(255, round(value)));
const eitherWay = (chance: Chance, range: Range) => between(chance, range) * (chance() < 0.5 ? -1 : 1);

/** Puts into `at` the millimetres on the card seen at a pixel: perspective, then turn, then the waves of the card. */
function camera(code: QRCode, qrWidth: number, conditions: Conditions, chance: Chance) {
  const scale = qrWidth / QR.size;
  const turn = (eitherWay(chance, conditions.turn) * PI) / 180;
  const [across, down] = [cos(turn), sin(turn)];
  const tilt = { x: eitherWay(chance, conditions.perspective), y: eitherWay(chance, conditions.perspective) };
  const middle = {
    x: PHOTO.width * between(chance, [0.4, 0.6]),
    y: PHOTO.height * between(chance, [0.4, 0.6]),
  };
  const wave = waves((between(chance, conditions.crumple) * QR.size) / code.modules.size, chance);
  return (x: number, y: number, at: Point) => {
    const a = (x - middle.x) / scale;
    const b = (y - middle.y) / scale;
    const depth = 1 / (1 - tilt.x * a - tilt.y * b);
    const u = (a * across + b * down) * depth;
    const v = (b * across - a * down) * depth;
    const shift = wave(u, v);
    at.x = QR_MIDDLE.x + u + shift;
    at.y = QR_MIDDLE.y + v - shift;
  };
}

/** Three crossing waves of 16–50 mm: a card that was bent, or lies in creased foil. */
function waves(height: number, chance: Chance) {
  const all = [1, 2, 3].map(() => ({
    x: (2 * PI) / eitherWay(chance, [16, 50]),
    y: (2 * PI) / eitherWay(chance, [16, 50]),
    from: 2 * PI * chance(),
  }));
  return (u: number, v: number) => {
    if (height === 0) return 0;
    let sum = 0;
    for (const wave of all) sum += sin(wave.x * u + wave.y * v + wave.from);
    return (height / all.length) * sum;
  };
}

/** Uneven light: falls off to one side, and a bright spot whose middle lies a little beside the code. */
function lamp(conditions: Conditions, chance: Chance) {
  const loss = between(chance, conditions.shade);
  const glare = between(chance, conditions.glare);
  const from = 2 * PI * chance();
  const [across, down] = [cos(from), sin(from)];
  const aside = 2 * PI * chance();
  const spot = { x: PHOTO.width / 2 + 150 * cos(aside), y: PHOTO.height / 2 + 150 * sin(aside) };
  const spread = 2 * between(chance, [90, 160]) ** 2;
  return (reflected: number, x: number, y: number) => {
    const along = 0.5 + ((x / PHOTO.width - 0.5) * across + (y / PHOTO.height - 0.5) * down) * 0.7;
    const far = (x - spot.x) ** 2 + (y - spot.y) ** 2;
    return reflected * (1 - loss * along) + glare * exp(-far / spread);
  };
}

/** Grey of the card, or of the table under it, at a point in millimetres. */
function reflect(code: QRCode, x: number, y: number): number {
  if (x < 0 || y < 0 || x >= CARD.width || y >= CARD.height)
    return 95 + 25 * sin(x * 0.9 + 3 * sin(y * 0.05));
  const size = code.modules.size;
  const column = floor(((x - QR.left) / QR.size) * size);
  const row = floor(((y - QR.top) / QR.size) * size);
  if (column >= 0 && column < size && row >= 0 && row < size) return code.modules.get(row, column) ? 45 : 220;
  return x < 26 && y > 20 && y < 48 && x > 5 ? portrait(x, y) : print(x, y);
}

const portrait = (x: number, y: number) => 110 + 60 * cos((x - 15) / 4) * cos((y - 34) / 6);

/** Fine lines under lines of words; a margin round the code stays free. */
function print(x: number, y: number): number {
  const ground = 205 + 12 * sin(3 * x + 4 * sin(y * 0.4));
  const onLine = y > 5 && y % 4 < 2 && x > 28;
  return onLine && !isNearCode({ x, y }) && sin(x * 9 + floor(y / 4) * 5) + sin(x * 2.3) > 0.2 ? 60 : ground;
}

/** Noise near to Gaussian: the sum of three equal chances. */
function addNoise(grey: Buffer, sigma: number, chance: Chance): void {
  for (let at = 0; at < grey.length; at++) {
    grey[at] = clamp((grey[at] ?? 0) + 2 * sigma * (chance() + chance() + chance() - 1.5));
  }
}
