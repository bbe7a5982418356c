/** What the person at the keyboard sees while the machine is being set up: one line per thing, a bar for long ones. */

/** A bar is redrawn this often: smooth to the eye, nothing to the processor. */
const REDRAW_MS = 200;
/** Without a terminal (a log file, CI) a long step says this often that it is still alive. */
const STILL_HERE_MS = 15_000;
const BAR = 24;

/** @param {string} line */
export function say(line) {
  process.stderr.write(`khaibao: ${line}\n`);
}

/**
 * Shows that something long goes on until `done()`.
 * @param {string} what
 * @param {() => string} state the changing end of the line, e.g. a bar
 */
export function live(what, state) {
  say(`${what} …`);
  const terminal = process.stderr.isTTY === true;
  const began = Date.now();
  const draw = () => {
    const end = `${state()} ${Math.round((Date.now() - began) / 1000)} s`;
    process.stderr.write(terminal ? `\r\u001b[K  ${end}` : `khaibao: … ${end}\n`);
  };
  const timer = setInterval(draw, terminal ? REDRAW_MS : STILL_HERE_MS);
  return () => {
    clearInterval(timer);
    if (terminal) process.stderr.write('\r\u001b[K');
  };
}

/**
 * @param {number} part
 * @param {number} whole
 */
export function bar(part, whole) {
  const share = Math.min(1, part / whole);
  const full = Math.round(share * BAR);
  return `[${'='.repeat(full)}${' '.repeat(BAR - full)}] ${Math.floor(share * 100)} % of ${Math.round(whole / 1e6)} MB`;
}
