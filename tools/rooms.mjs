/**
 * The rooms of the house and what each may import (design §3). `src/app.ts`, `src/main.ts`, `src/cli.ts` and `src/cli/`
 * know everybody and are in no room; tests, tools and benchmarks stand outside.
 */

/**
 * `from`: rooms it may import; `types`: rooms it may take types from and nothing that runs.
 * `pure`: does no I/O, so it has no business with Node or with a package outside PURE_PACKAGES.
 * @typedef {{ room: string, from: string[], types?: string[], pure?: true }} Room
 */

/** @type {Room[]} */
export const ROOMS = [
  { room: 'src/domain', from: [], pure: true },
  { room: 'src/dialogue', from: ['src/domain'], pure: true },
  { room: 'flows', from: ['src/dialogue', 'src/domain'], types: ['locales'], pure: true },
  { room: 'locales', from: [], types: ['src/dialogue', 'src/domain'], pure: true },
  { room: 'src/security', from: ['src/domain'] },
  { room: 'src/store', from: ['src/domain', 'src/security', 'tools/processes.mjs'], types: ['src/dialogue'] },
  { room: 'src/delivery', from: ['src/store', 'src/domain', 'src/security', 'src/dialogue'] },
  { room: 'src/services', from: ['src/store', 'src/domain', 'src/dialogue', 'src/delivery', 'src/security'] },
  { room: 'web', from: ['src/domain'], types: ['src/dialogue'] },
  {
    room: 'src/http',
    from: ['src/services', 'src/store', 'src/delivery', 'src/security', 'src/domain', 'src/dialogue', 'web'],
  },
  { room: 'bots', from: ['src/services', 'src/delivery', 'src/domain', 'src/dialogue', 'locales', 'web'] },
  { room: 'jobs', from: ['src/services', 'src/delivery', 'src/store'] },
];

/** Computation only: schemas. */
export const PURE_PACKAGES = ['zod'];

/** @param {string} file */
export const roomOf = (file) => ROOMS.find(({ room }) => isIn(file, room));

/**
 * @param {string} file
 * @param {string} room
 */
export const isIn = (file, room) => file === room || file.startsWith(`${room}/`);

/**
 * The folder of one channel, or undefined: `bots/port.ts` is what all of them share.
 * @param {string} file
 */
export const channelOf = (file) => /^bots\/([^/]+)\//.exec(file)?.[1];
