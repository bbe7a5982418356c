import { ModuleMocker } from 'jest-mock';

/** What jest itself puts on the global object for one file; anything else there belongs to a library and stays. */
const JESTS =
  /^(?:jest|JEST_STATE_SYMBOL|EVENT_HANDLERS|RETRY_.*|WAIT_BEFORE_RETRY|TEST_TIMEOUT_SYMBOL|LOG_ERRORS_BEFORE_RETRY|[fx]?(?:describe|it|test)|(?:before|after)(?:All|Each)|expect)$/;

const nameOf = (/** @type {string | symbol} */ key) =>
  (typeof key === 'symbol' ? key.description : key) ?? '';

/**
 * jest's environment for tests that run in the realm of their worker, as the program runs in that of its process.
 * jest's own is a `vm` context: there every look at a global goes through a proxy (the place tests took five times as
 * long), an error of Node is no `instanceof Error`, and each file loads every library anew. What a file changes on the
 * global object and on the process is taken back after it; `own-runtime.js` is the other half.
 */
export default class OwnRealm {
  global = globalThis;
  fakeTimers = null;
  fakeTimersModern = null;
  moduleMocker = new ModuleMocker(globalThis);
  /** @type {(() => void)[]} */
  #takeBack;

  constructor() {
    globalThis.global = globalThis;
    this.#takeBack = [ofGlobal(), takingBack()];
  }

  async setup() {}

  async teardown() {
    for (const takeBack of this.#takeBack) takeBack();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Only asked whether there is one: `own-runtime.js` compiles without. */
  getVmContext() {
    return globalThis;
  }
}

function ofGlobal() {
  const { console } = globalThis;
  return () => {
    globalThis.console = console;
    for (const key of Reflect.ownKeys(globalThis))
      if (JESTS.test(nameOf(key))) Reflect.deleteProperty(globalThis, key);
  };
}

/** Notes the process as it is; the function given back makes it so again. */
export function takingBack() {
  const { exitCode, exit } = process;
  const env = { ...process.env };
  const heard = new Set(listeners().map(({ listener }) => listener));
  return () => {
    process.exitCode = exitCode;
    process.exit = exit;
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    for (const { name, listener } of listeners()) if (!heard.has(listener)) process.off(name, listener);
  };
}

/** @typedef {() => void} Listener */

const listeners = () =>
  process
    .eventNames()
    .map(String)
    .flatMap((name) =>
      process.rawListeners(name).map((one) => ({ name, listener: /** @type {Listener} */ (one) })),
    );
