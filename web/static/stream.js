/** What the server has to say, live; by asking where a proxy lets no stream through. */
import { lastId } from './log.js';

/** The server shows every 20 s that it lives. */
const SILENCE = 50_000;
const CHECK_EVERY = 10_000;
/** After a message was taken, its answer is looked for by hand if none has come by then. */
const ANSWER_LATE = 5_000;
/** A message outside the talk, which nobody may ever answer. */
const OUTSIDE = /^<article[^>]* data-turn="0"/;
/** The server is told within this that such a message is here; many pages may have got one in the same moment. */
const TELL_WITHIN = 5_000;
const WAITS = [3_000, 6_000, 15_000, 30_000, 60_000];

let source;
let heard = 0;
let failures = 0;
let timer;
let telling = false;
/** What the page wants to hear of; given when it starts. */
let hooks;

const where = (path) => `${path}?after=${encodeURIComponent(lastId())}&lang=${document.documentElement.lang}`;

const open = () => {
  clearTimeout(timer);
  source?.close();
  heard = Date.now();
  source = new EventSource(where('/chat/stream'));
  source.addEventListener('open', () => {
    heard = Date.now();
    failures = 0;
    hooks.onOpen();
  });
  source.addEventListener('beat', () => {
    heard = Date.now();
  });
  source.addEventListener('said', ({ data }) => {
    heard = Date.now();
    const { html } = JSON.parse(data);
    hooks.onMessage(html);
    if (OUTSIDE.test(html)) tellShown();
  });
  source.addEventListener('error', () => {
    // The browser tries again by itself unless the server said no.
    if (source.readyState === EventSource.CLOSED) again();
  });
};

const again = () => {
  clearTimeout(timer);
  timer = setTimeout(open, WAITS[Math.min(failures, WAITS.length - 1)]);
  failures += 1;
};

const ask = async () => {
  try {
    const response = await fetch(where('/chat/messages'), { headers: { Accept: 'application/json' } });
    if (response.ok) for (const markup of (await response.json()).messages) hooks.onMessage(markup);
  } catch {
    // no network: the stream comes back by itself, and then everything is there
  }
};

/** To ask for what comes after a message says that it has arrived. */
const tellShown = () => {
  if (telling) return;
  telling = true;
  setTimeout(() => {
    telling = false;
    void ask();
  }, Math.random() * TELL_WITHIN);
};

/** A message was taken: its answer must come, by the stream or by asking. */
export const expectAnswer = () => {
  if (source === undefined) open();
  const before = lastId();
  setTimeout(() => {
    if (lastId() === before) void ask();
  }, ANSWER_LATE);
};

/** Opens the stream anew when it may be dead: the network is back, or the phone was in a pocket. */
export const refresh = () => {
  if (source !== undefined && (source.readyState !== EventSource.OPEN || Date.now() - heard > SILENCE))
    open();
};

/** Starts to listen once there is a talk: a visitor who only looks costs the server nothing. */
export const listen = (given, begun) => {
  hooks = given;
  if (begun) open();
  setInterval(() => {
    if (source !== undefined && Date.now() - heard > SILENCE) open();
  }, CHECK_EVERY);
};
