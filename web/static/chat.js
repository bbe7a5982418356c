/** The page comes alive: what the plain forms do with a reload happens here at once, also without a network. */
import { press, sendLocation, sendPhoto, setPressable } from './answer.js';
import { add, hasTalked, keepEnd, showLast } from './log.js';
import { flush, resume } from './outbox.js';
import { showFull } from './qr.js';
import { expectAnswer, listen, refresh } from './stream.js';
import { sendText, startWriting } from './writing.js';

const root = document.documentElement;
const log = document.getElementById('log');
const network = document.getElementById('network');

const onNetwork = (there) => {
  network.hidden = there && navigator.onLine;
};

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const submitter = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (form.id === 'write') sendText();
  else if (form.matches('.choices, .controls') && submitter?.name === 'choice') press(form, submitter);
  else return;
  event.preventDefault();
});
log.addEventListener('change', (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (field.type === 'file') void sendPhoto(field);
});
log.addEventListener('click', (event) => {
  const pressed = /** @type {HTMLElement} */ (event.target);
  const full = pressed.closest('a[data-full]');
  if (full !== null) {
    event.preventDefault();
    showFull(full);
  }
  const locate = pressed.closest('.locate button');
  if (locate !== null) sendLocation(locate);
});
window.addEventListener('online', () => {
  onNetwork(true);
  refresh();
  void flush();
});
window.addEventListener('offline', () => onNetwork(false));
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  refresh();
  void flush();
});

/** The writing line grows with its text and the network's note: what is shown must stand above it. */
const above = new ResizeObserver(([{ target }]) => {
  const height = `${target.clientHeight + 16}px`;
  root.style.scrollPaddingBottom = height;
  root.style.setProperty('--above-line', height);
  keepEnd();
});
above.observe(document.querySelector('.composer'));

root.classList.add('js');
if (!navigator.geolocation || !window.isSecureContext) root.classList.add('placeless');
startWriting();
showLast();
listen(
  {
    onMessage: add,
    onOpen: () => {
      onNetwork(true);
      void flush();
    },
  },
  hasTalked(),
);
resume({
  onSent: () => expectAnswer(),
  onNetwork,
  onRefused: ({ deliveryId }) =>
    setPressable(log.querySelector(`article[data-answered="${deliveryId}"]`), true),
});
onNetwork(true);
