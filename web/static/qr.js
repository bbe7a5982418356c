/** The QR over the whole screen, white around it also in the dark: a scanner needs the contrast. */
export const showFull = (link) => {
  const dialog = document.createElement('dialog');
  dialog.className = 'full';
  const image = link.querySelector('img').cloneNode();
  const close = document.createElement('button');
  close.className = 'primary';
  close.textContent = link.dataset.full;
  dialog.setAttribute('aria-label', image.alt);
  dialog.append(image, close);
  dialog.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
};
