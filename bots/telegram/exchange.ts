import type { Dispatcher } from 'undici';

export interface Answered {
  readonly status: number;
  readonly text: string;
}

/**
 * One request, and the whole of its answer. By undici's `dispatch`: the stream that its `request` makes of every answer
 * takes a third of the processor time of a call. `signal` is heeded while it waits for a connection, too.
 * @throws the signal's reason, or what went wrong with the line
 */
export const exchange = (
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal?: AbortSignal,
): Promise<Answered> =>
  new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let status = 0;
    let pieces: Buffer[] = [];
    const abort = (): void => {
      reject(signal?.reason);
      controller?.abort(signal?.reason);
    };
    const end = (): void => signal?.removeEventListener('abort', abort);
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort);
    dispatcher.dispatch(options, {
      onRequestStart: (begun) => {
        controller = begun;
        if (signal?.aborted) begun.abort(signal.reason);
      },
      onResponseStart: (_controller, statusCode) => {
        status = statusCode;
        pieces = [];
      },
      onResponseData: (_controller, piece) => void pieces.push(piece),
      onResponseEnd: () => {
        end();
        resolve({ status, text: Buffer.concat(pieces).toString() });
      },
      onResponseError: (_controller, error) => {
        end();
        reject(error);
      },
    });
  });
