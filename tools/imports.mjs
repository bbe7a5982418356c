/**
 * The import direction check: `node tools/imports.mjs [root]` prints every import that goes the wrong way and exits 1.
 * Type-only imports count too, in every form TypeScript has: they tie two rooms together just as well.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseSync } from '@swc/core';
import { channelOf, isIn, PURE_PACKAGES, ROOMS, roomOf } from './rooms.mjs';
import { ROOT } from './root.mjs';

/** @typedef {{ source: string, typeOnly: boolean }} Import */

/**
 * Every import of a file, wherever it stands.
 * @param {string} code
 * @returns {Import[]}
 */
export function importsOf(code) {
  /** @type {Import[]} */
  const found = [];
  walk(parseSync(code, { syntax: 'typescript', target: 'es2023' }), found);
  return found;
}

/**
 * @param {any} node a node of swc's tree, or a part of one
 * @param {Import[]} found
 */
function walk(node, found) {
  if (node === null || typeof node !== 'object') return;
  if (/^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type) && node.source) {
    found.push({ source: node.source.value, typeOnly: node.typeOnly });
  }
  if (node.type === 'TsImportType') found.push({ source: node.argument.value, typeOnly: true });
  if (node.type === 'CallExpression' && node.callee.type === 'Import') found.push(dynamic(node.arguments[0]));
  for (const part of Object.values(node)) walk(part, found);
}

/** A computed name cannot be judged: it is reported as what it is. */
function dynamic(/** @type {any} */ argument) {
  const { type, value } = argument.expression;
  return { source: type === 'StringLiteral' ? value : '(computed)', typeOnly: false };
}

/**
 * What is wrong with this import, or undefined.
 * @param {string} file from the root, with forward slashes
 * @param {Import} one
 * @param {Record<string, string>} aliases package.json's `imports`
 */
export function fault(file, { source, typeOnly }, aliases) {
  const room = roomOf(file);
  if (!room) return undefined;
  const target = resolve(file, source, aliases);
  if (target === undefined) return foreign(room, source);
  if (channelOf(file) && channelOf(target) && channelOf(file) !== channelOf(target))
    return 'a channel knows another';
  if (isIn(target, room.room) || room.from.some((other) => isIn(target, other))) return undefined;
  const forTypes = room.types?.some((other) => isIn(target, other));
  if (forTypes) return typeOnly ? undefined : `${room.room} takes only types from there`;
  return `${room.room} imports only ${[...room.from, ...(room.types ?? [])].join(', ') || 'nothing of ours'}`;
}

/**
 * @param {import('./rooms.mjs').Room} room
 * @param {string} source
 */
function foreign(room, source) {
  if (source === '(computed)') return 'nobody can tell what a computed import brings in';
  return room.pure && !PURE_PACKAGES.includes(source) ? `${room.room} is pure` : undefined;
}

/**
 * A file of ours, from the root; undefined for Node's modules, packages and computed names.
 * @param {string} file
 * @param {string} source
 * @param {Record<string, string>} aliases
 */
function resolve(file, source, aliases) {
  if (source.startsWith('#')) return posix.normalize(aliases[source] ?? source);
  return source.startsWith('.') ? posix.join(dirname(file), source) : undefined;
}

/**
 * All faults under a root, as lines to print.
 * @param {string} root
 */
export function faults(root) {
  const { imports = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return sources(root).flatMap((file) => {
    const found = importsOf(readFileSync(join(root, file), 'utf8'));
    return found.flatMap((one) => {
      const wrong = fault(file, one, imports);
      return wrong ? [`${file} → ${one.source}: ${wrong}`] : [];
    });
  });
}

/** @param {string} root */
function sources(root) {
  const rooms = ROOMS.map(({ room }) => room).filter((room) => existsSync(join(root, room)));
  return rooms.flatMap((room) => {
    const names = /** @type {string[]} */ (readdirSync(join(root, room), { recursive: true }));
    return names
      .filter((name) => name.endsWith('.ts'))
      .map((name) => posix.join(room, name.replaceAll('\\', '/')));
  });
}

if (process.argv[1] === import.meta.filename) {
  const wrong = faults(process.argv[2] ?? ROOT);
  for (const line of wrong) process.stdout.write(`${line}\n`);
  if (wrong.length > 0) process.exitCode = 1;
}
