/** Reads data/places and makes the gazetteer, once per process. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlaceData } from '../domain/place/data.ts';
import { createGazetteer, type Gazetteer } from '../domain/place/gazetteer.ts';

/** The project's root, from the source (src/store) and from the build (dist/src/store) alike. */
function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('data/places not found: no package.json above the program');
    folder = parent;
  }
  return folder;
}

export function readPlaceData(): PlaceData {
  const folder = join(projectRoot(), 'data', 'places');
  const read = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  return {
    vietnam: read('vietnam'),
    spellings: read('spellings'),
    countries: read('countries'),
    positions: read('positions'),
  };
}

let gazetteer: Gazetteer | undefined;

export function loadGazetteer(): Gazetteer {
  gazetteer ??= createGazetteer(readPlaceData());
  return gazetteer;
}
