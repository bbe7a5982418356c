/** The place resolver: time to build, memory, µs per query. `npm run bench -- places` */
import { createGazetteer } from '../src/domain/place/gazetteer.ts';
import type { ResolveOptions } from '../src/domain/place/place.ts';
import { readPlaceData } from '../src/store/places.ts';

const LETTERS = 'abcdeghiklmnopqrstuvxy';
const HOME: ResolveOptions = { within: '12' };
/** Each list is asked this often: the first round warms up and is not counted. */
const ROUNDS = 4;

const megabytes = () => Math.round(process.memoryUsage().heapUsed / 1e6);
const milliseconds = (from: number) => `${Math.round(performance.now() - from)} ms`;

const before = megabytes();
const read = performance.now();
const data = readPlaceData();
console.log(`read and parse data/places: ${milliseconds(read)}`);
const built = performance.now();
const gazetteer = createGazetteer(data);
console.log(`build the index: ${milliseconds(built)}, heap ${before} → ${megabytes()} MB`);

/** One in `every`, so that a list spans the whole country. */
const thin = (texts: readonly string[], every: number) => texts.filter((_, at) => at % every === 0);
const withoutMarks = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd');
/** A wrong letter in the middle, the same one for the same text. */
const misspell = (text: string) => {
  const at = Math.floor(text.length / 2);
  return text.slice(0, at) + LETTERS[(text.length * 7) % LETTERS.length] + text.slice(at + 1);
};

const { communes, provinces, former } = data.vietnam;
const provinceName = new Map(provinces.map(([code, , name]) => [code, name]));
const today = Object.entries(communes).flatMap(([area, rows]) =>
  rows.map(([, type, name]) => `${type} ${name}, ${provinceName.get(area)}`),
);
const cards = former.flatMap((province) =>
  province.districts.flatMap((district) =>
    district.communes.map(([type, name]) => `Thôn 1, ${type} ${name}, ${district.name}, ${province.name}`),
  ),
);
const ownOld = former.filter(({ code }) => code === '12').flatMap(({ districts }) => districts);
const own = [
  ...(communes['12'] ?? []).map(([, , name]) => name),
  ...ownOld.flatMap((each) => each.communes.map(([, name]) => name)),
];
const nonsense = [
  'không biết',
  'asdf',
  'Nguyễn Văn An',
  '0912345678',
  'tôi bị sốt từ hôm qua',
  'công nhân',
  'giang a pao',
];

const LISTS: [string, readonly string[]][] = [
  ['names of Lai Châu', own],
  ['… without marks', own.map(withoutMarks)],
  ['… misspelt', own.map(misspell)],
  ['… misspelt, with the province', own.map((name) => `${misspell(name)}, Lai Châu`)],
  ['units of the country, with the province', thin(today, 3)],
  ['… misspelt', thin(today, 3).map(misspell)],
  ['old card addresses', thin(cards, 9)],
  ['… misspelt', thin(cards, 9).map(misspell)],
  [
    'nonsense',
    nonsense.flatMap((text) => Array.from({ length: 50 }, (_, at) => `${text}${at % 2 ? ' ạ' : ''}`)),
  ],
  ['long text (300 characters)', thin(cards, 90).map((text) => `${text} gần chợ, `.repeat(6))],
];

for (const [name, texts] of LISTS) {
  const times: number[] = [];
  let questions = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const text of texts) {
      const start = performance.now();
      const { kind } = gazetteer.resolve(text, HOME);
      if (round === 0) questions += kind === 'several' || kind === 'near' ? 1 : 0;
      else times.push((performance.now() - start) * 1000);
    }
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0);
  const mean = Math.round(times.reduce((sum, each) => sum + each, 0) / times.length);
  const counts = `${texts.length} texts, ${questions} asked about`;
  console.log(`${name}: ${mean} µs on average, median ${at(0.5)}, 99th ${at(0.99)} (${counts})`);
}
