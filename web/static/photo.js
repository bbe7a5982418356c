/** Makes a photo small enough for a thin line and leaves it sharp enough for the QR on a citizen card. */

/** Longest side in pixels. The card's QR is a sixth of its width; below 1600 it begins to be unreadable. */
const LONGEST = 2000;
const QUALITY = 0.82;
/** A picture of so few bytes is not worth touching. */
const SMALL = 700_000;

const drawn = async (file) => {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', QUALITY);
  });
};

/** The photo to send: shrunk when it is big and this browser can read it, otherwise as it is. */
export const shrink = async (file) => {
  if (file.size <= SMALL && file.type !== '') return file;
  try {
    const smaller = await drawn(file);
    return smaller !== null && smaller.size < file.size ? smaller : file;
  } catch {
    return file; // a format only the camera knows: the server decides
  }
};
