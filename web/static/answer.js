/** Answers that are not typed: buttons, ticked boxes, a photo, the place where somebody is. */
import { MOST_PHOTO, words } from './log.js';
import { send } from './outbox.js';
import { shrink } from './photo.js';

const labelOf = (field) => (field.labels?.[0] ?? field).textContent.trim();

/** The ticked boxes with the button that sends them; any other button alone. */
const pressedFields = (form, button) => {
  const ticked = form.classList.contains('several') ? [...form.querySelectorAll('input:checked')] : [];
  return [...ticked, button];
};

export const press = (form, button) => {
  const fields = pressedFields(form, button);
  const named = fields.length > 1 ? fields.slice(0, -1) : fields;
  const turn = form.elements.turn?.value;
  const event = { type: 'choice', ids: fields.map(({ value }) => value) };
  if (turn !== undefined) event.turn = Number(turn);
  const article = form.closest('article');
  button.classList.add('pressed');
  const delivery = send({ event, label: named.map(labelOf).join(', ') });
  setPressable(article, false, delivery);
};

/** Once answered, a question waits for the next one; when the answer was refused it can be answered again. */
export const setPressable = (article, yes, delivery) => {
  if (article === null) return;
  if (delivery !== undefined) article.dataset.answered = delivery;
  for (const field of article.querySelectorAll('button, input')) field.disabled = !yes;
};

export const sendPhoto = async (input) => {
  const [file] = input.files;
  if (file === undefined) return;
  const article = input.closest('article');
  const photo = await shrink(file);
  input.value = '';
  if (photo.size > MOST_PHOTO) return complain(article, words.refused.replace('{why}', words.photoBig));
  setPressable(article, false, send({ photo, label: words.photo }));
};

const complain = (article, text) => {
  const note = article.querySelector('[role=alert]') ?? document.createElement('p');
  note.setAttribute('role', 'alert');
  note.textContent = text;
  article.append(note);
};

export const sendLocation = (button) => {
  button.disabled = true;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const event = { type: 'location', lat: coords.latitude, lon: coords.longitude };
      setPressable(button.closest('article'), false, send({ event, label: words.location }));
    },
    () => {
      button.disabled = false;
      complain(button.closest('article'), words.locationNot);
    },
    { timeout: 20_000, maximumAge: 300_000 },
  );
};
