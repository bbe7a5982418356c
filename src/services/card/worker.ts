/** The thread: one photo in, one result out. What it throws kills it, and the other side starts a new one. */
import { parentPort } from 'node:worker_threads';
import { lookForCard } from './look.ts';

if (parentPort === null)
  throw new Error('This file is the thread of the card reader; it does nothing by itself.');
const port = parentPort;
port.on('message', async (image: Uint8Array) => {
  port.postMessage(await lookForCard(image));
});
