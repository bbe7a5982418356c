import { connect, type Socket } from 'node:net';
import { eachFrame } from './frames.ts';

/** Status by which we say that the connection broke. */
const BROKEN = 0;

/** One kept connection to a bot; posts on it are answered in their order, and may follow each other at once. */
export class Line {
  readonly #socket: Socket;
  readonly #host: string;
  readonly #waiting: ((status: number) => void)[] = [];

  constructor({ hostname, port, host }: URL) {
    this.#host = host;
    this.#socket = connect(Number(port), hostname);
    this.#socket.setNoDelay(true);
    eachFrame(this.#socket, ({ head }) => this.#waiting.shift()?.(Number(head.slice(9, 12))));
    this.#socket.on('error', () => this.#broken()).on('close', () => this.#broken());
  }

  get isBroken(): boolean {
    return this.#socket.destroyed;
  }

  /** Resolves with the HTTP status; 0 when the connection broke. */
  post(path: string, headers: string, body: string): Promise<number> {
    if (this.isBroken) return Promise.resolve(BROKEN);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#socket.write(
        `POST ${path} HTTP/1.1\r\nHost: ${this.#host}\r\nContent-Type: application/json\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #broken(): void {
    for (const tell of this.#waiting.splice(0)) tell(BROKEN);
  }
}
