import { setTimeout as pause } from 'node:timers/promises';
import { endServer } from './end.ts';
import { type Launch, type Running, startServer } from './start.ts';

/** A server that ended by itself is started again after this long: what it tripped over may need a moment to go. */
const RESTART_AFTER_MS = 1_000;
/** How long `stop` lets a start in progress finish; beyond that the watcher of the exiting process ends it. */
const STOP_WAITS_MS = 2_000;

/** Keeps one server up at one address, from `start` to `stop`. */
export class Keeper {
  readonly #launch: Launch;
  #running: Running | undefined;
  #restarting: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;

  constructor(launch: Launch) {
    this.#launch = launch;
  }

  async start(): Promise<string> {
    const running = await startServer(this.#launch);
    this.#watch(running);
    return running.uri;
  }

  /** A second call waits for the first: by then the folder may have another owner, whose notes are not ours to write. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    await Promise.race([this.#restarting, pause(STOP_WAITS_MS, undefined, { ref: false })]);
    if (this.#running) await endServer(this.#running.server);
    await this.#saveStopped(this.#running?.port);
  }

  #watch(running: Running): void {
    this.#running = running;
    running.server.ended.then((ending) => {
      if (this.#stopped) return;
      this.#launch.log.error(ending, 'the embedded MongoDB ended by itself: starting it again');
      this.#restarting = this.#restart(running.port);
    });
  }

  /** Clients know the port: it is kept, and tried until it works. */
  async #restart(port: number): Promise<void> {
    await this.#saveStopped(port);
    while (!this.#stopped) {
      await pause(RESTART_AFTER_MS);
      try {
        return this.#watch(await startServer({ ...this.#launch, port }));
      } catch (error) {
        this.#launch.log.error({ err: error }, 'the embedded MongoDB did not start again: trying once more');
      }
    }
  }

  async #saveStopped(port: number | undefined): Promise<void> {
    if (port !== undefined) await this.#launch.folder.saveState({ port });
  }
}
