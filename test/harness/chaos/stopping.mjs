/** A process for the harness's own tests: passes a crash point again and again, and ends after the tenth time. */
import { once } from 'node:events';
import { crashing } from './crashing.mjs';

const [{ armed }] = await once(process, 'message');
const pass = crashing(armed);
process.send?.('ready');
let passed = 0;
setInterval(() => {
  pass('outbox-claimed');
  passed += 1;
  if (passed === 10) process.exit(0);
}, 5);
