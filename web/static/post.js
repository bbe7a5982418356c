/** One attempt to hand a message to the server. */

/** Without an answer for so long the line is dead (ms); a photo gets more. */
const PATIENCE = 30_000;
const PHOTO_PATIENCE = 150_000;

/** Rejects when nothing came back: no network, or nobody there. */
export const post = (item, onProgress) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', item.photo === undefined ? '/chat' : '/chat/photo');
    request.timeout = item.photo === undefined ? PATIENCE : PHOTO_PATIENCE;
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.floor((100 * loaded) / total));
    request.onload = () => resolve(request);
    request.onerror = reject;
    request.ontimeout = reject;
    if (item.photo === undefined) {
      request.setRequestHeader('Content-Type', 'application/json');
      request.send(JSON.stringify({ deliveryId: item.deliveryId, event: item.event }));
    } else {
      request.setRequestHeader('Content-Type', item.photo.type);
      request.setRequestHeader('X-Delivery-Id', item.deliveryId);
      request.send(item.photo);
    }
  });

/** What the server said; null when it was not ours: a login page of the café's network also answers 200. */
export const answerOf = (request) => {
  try {
    const answer = JSON.parse(request.responseText);
    return typeof answer === 'object' ? answer : null;
  } catch {
    return null;
  }
};

/** A no that is our server's and will not change. Anything between us and it is asked again later. */
export const isRefusal = ({ status }, answer) =>
  status === 413 || (status >= 400 && status < 500 && status !== 429 && typeof answer?.code === 'string');
