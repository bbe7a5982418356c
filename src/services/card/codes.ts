/** The texts of the QR codes in a picture. Runs in the worker. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import type { Grey } from './pixels.ts';

const OPTIONS: ReaderOptions = {
  formats: ['QRCodeModel2'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  characterSet: 'UTF8', // cards are UTF-8 without saying so; short texts would be guessed wrong
  maxNumberOfSymbols: 16,
};

/** Left alone, the package would fetch its WebAssembly from a CDN. */
let prepared: Promise<void> | undefined;
async function prepareOnce(): Promise<void> {
  const wasm = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });
}

export async function readCodes(grey: Grey): Promise<string[]> {
  prepared ??= prepareOnce();
  await prepared;
  const results = await readBarcodes(toPgm(grey), OPTIONS);
  return results.filter((result) => result.isValid).map((result) => result.text);
}

/** A portable grey map: the one form the package takes with a single byte per pixel. */
function toPgm({ data, width, height }: Grey): Uint8Array {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]);
}
