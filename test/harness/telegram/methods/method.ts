import type { Params, Spec } from '../params.ts';
import type { World } from '../world.ts';

/** One method of the API: what it takes, and what it does or throws (`Refusal`). `gone` is the caller hanging up. */
export interface Method {
  readonly takes: Spec;
  run(world: World, params: Params, gone: AbortSignal): unknown;
  /** Words beside `result`, where Telegram says any. */
  readonly says?: string;
}
export type Methods = Readonly<Record<string, Method>>;
