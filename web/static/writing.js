/** The line to write in. What was written and not sent survives a reload. */
import { send } from './outbox.js';

const DRAFT = 'khaibao.draft';
const writing = /** @type {HTMLTextAreaElement} */ (document.getElementById('text'));

/** What was written and not sent stays on this phone; where storage is forbidden, on the page. */
const draft = {
  save(text) {
    try {
      if (text === '') window.localStorage.removeItem(DRAFT);
      else window.localStorage.setItem(DRAFT, text);
    } catch {
      // the text is still on the page
    }
  },
  load() {
    try {
      return window.localStorage.getItem(DRAFT) ?? '';
    } catch {
      return '';
    }
  },
};

const grow = () => {
  if (CSS.supports('field-sizing', 'content')) return;
  writing.style.height = 'auto';
  writing.style.height = `${writing.scrollHeight + 3}px`;
};

const write = (text) => {
  writing.value = text;
  draft.save(text);
  grow();
};

export const sendText = () => {
  const text = writing.value.trim();
  if (text === '') return;
  send({ event: { type: 'text', text }, label: text });
  write('');
};

export const startWriting = () => {
  if (writing.value === '') write(draft.load());
  writing.addEventListener('input', () => {
    draft.save(writing.value);
    grow();
  });
  writing.addEventListener('keydown', (event) => {
    // A Vietnamese keyboard composes: its Enter ends the word, not the message.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    sendText();
  });
};
