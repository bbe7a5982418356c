import { readFileSync, writeFileSync } from 'node:fs';

/** Parts of a page that a run writes, by name. */
export type Blocks = Readonly<Record<string, string>>;

/** Puts what was measured between `<!-- name -->` and `<!-- /name -->`; all else of the page is left as it is. */
export const fillPage = (file: string, blocks: Blocks): void => {
  let page = readFileSync(file, 'utf8');
  for (const [name, text] of Object.entries(blocks)) {
    const place = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`);
    if (!place.test(page)) throw new Error(`${file} has no place for ${name}`);
    page = page.replace(place, (_all, begin: string, end: string) => `${begin}\n${text}\n\n${end}`);
  }
  writeFileSync(file, page);
};
