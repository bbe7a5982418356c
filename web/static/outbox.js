/**
 * Own messages that the server does not have for certain. Texts and presses are kept in the browser's storage,
 * so that a reload or an empty battery loses nothing; photos (of citizen cards) only in memory. Each has an
 * id of its own and goes out, in order, again and again with that id: the server applies it once.
 */
import { addPending, setState, setTaken, words } from './log.js';
import { answerOf, isRefusal, post } from './post.js';

const PREFIX = 'khaibao.out.';
const WAITS = [2_000, 4_000, 8_000, 15_000, 30_000];

const queue = [];
let sending = false;
let failures = 0;
let timer;
/** What the page wants to hear of; given when it starts. */
let hooks;

const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/** Storage may be full or forbidden; then a message lives as long as the page. */
const stored = (work) => {
  try {
    return work(window.localStorage);
  } catch {
    return undefined;
  }
};

const keep = (item) => {
  if (item.photo === undefined) stored((storage) => storage.setItem(item.key, JSON.stringify(item)));
};

const forget = (delivery) => {
  const at = queue.findIndex(({ deliveryId }) => deliveryId === delivery);
  if (at < 0) return;
  const [item] = queue.splice(at, 1);
  stored((storage) => storage.removeItem(item.key));
};

/** The session has ended: the page gets a new one, and the messages, which are kept, go out from there. */
const renew = () => {
  const renewed = Number(sessionStorage.getItem('khaibao.renewed') ?? 0);
  if (Date.now() - renewed < 30_000) return false;
  sessionStorage.setItem('khaibao.renewed', String(Date.now()));
  window.location.reload();
  return true;
};

const later = (seconds) => {
  for (const { deliveryId } of queue) setState(deliveryId, 'waiting', words.waiting);
  const wait = seconds > 0 ? seconds * 1000 : WAITS[Math.min(failures, WAITS.length - 1)];
  failures += 1;
  clearTimeout(timer);
  timer = setTimeout(flush, wait + Math.random() * 500);
};

const settle = (item, request) => {
  const answer = answerOf(request);
  const taken = request.status === 200 && typeof answer?.rev === 'number';
  const renewing = request.status === 401 && renew();
  if (renewing || (!taken && !isRefusal(request, answer))) {
    later(Number(request.getResponseHeader('Retry-After') ?? 0));
    return false;
  }
  forget(item.deliveryId);
  if (taken) {
    failures = 0;
    setTaken(item.deliveryId, answer);
    hooks.onSent(item);
  } else {
    const why = answer?.title ?? request.status;
    setState(item.deliveryId, 'refused', words.refused.replace('{why}', why));
    hooks.onRefused(item);
  }
  return true;
};

const sendOne = async (item) => {
  setState(item.deliveryId, 'sending', words.sending);
  const progress = (percent) => {
    if (item.photo !== undefined) setState(item.deliveryId, 'sending', `${words.sending} ${percent}%`);
  };
  let request;
  try {
    request = await post(item, progress);
  } catch {
    hooks.onNetwork(false);
    later(0);
    return false;
  }
  hooks.onNetwork(true);
  return settle(item, request);
};

/** Sends what waits, one after the other: an answer must not overtake the one before it. */
export async function flush() {
  clearTimeout(timer);
  if (sending) return;
  sending = true;
  try {
    while (queue.length > 0 && (await sendOne(queue[0])));
  } finally {
    sending = false;
  }
}

const enqueue = (item) => {
  queue.push(item);
  addPending(item.deliveryId, item.label, item.photo);
};

/** Sends `event`, or a photo, as soon as the network lets it. `label` is how it stands in the talk. */
export const send = (parts) => {
  const deliveryId = newId();
  const item = { ...parts, deliveryId, key: `${PREFIX}${Date.now()}.${deliveryId}` };
  keep(item);
  enqueue(item);
  void flush();
  return deliveryId;
};

/** Takes up what an earlier page could not send, or does not know to have been taken. */
export const resume = (given) => {
  hooks = given;
  const keys = stored((storage) => Object.keys(storage).filter((key) => key.startsWith(PREFIX))) ?? [];
  for (const key of keys.sort()) {
    const item = stored((storage) => JSON.parse(storage.getItem(key)));
    if (item !== undefined && item !== null) enqueue(item);
  }
  void flush();
};
