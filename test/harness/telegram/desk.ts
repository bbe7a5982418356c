import { about } from './methods/about.ts';
import { editing } from './methods/edit.ts';
import type { Method } from './methods/method.ts';
import { receiving } from './methods/receive.ts';
import { sending } from './methods/send.ts';
import { checked, isUpload, type Params } from './params.ts';
import { badRequest, notFound, Refusal } from './refusal.ts';
import type { Answer } from './types.ts';
import type { World } from './world.ts';

/** Methods are found whatever the case of their letters, as with Telegram. */
const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({ ...sending, ...editing, ...receiving, ...about }).map(([name, method]) => [
    name.toLowerCase(),
    method,
  ]),
);

/** `attach://name` stands for the file part of that name. */
const attached = (params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const part = typeof value === 'string' ? /^attach:\/\/(.+)$/.exec(value)?.[1] : undefined;
      if (part === undefined) return [name, value];
      if (!isUpload(params[part])) throw badRequest(`attached file "${part}" not found`);
      return [name, params[part]];
    }),
  );

export interface Done extends Answer {
  readonly parameters?: object;
}

export const refused = (thrown: unknown): Done => {
  if (!(thrown instanceof Refusal)) throw thrown;
  const { status, message, parameters } = thrown;
  return { status, description: message, ...(parameters === undefined ? {} : { parameters }) };
};

/** Carries a call out; what Telegram would refuse is refused. */
export const carryOut = async (
  world: World,
  name: string,
  params: Params,
  gone: AbortSignal,
): Promise<Done> => {
  try {
    const method = METHODS.get(name.toLowerCase());
    if (method === undefined) throw notFound();
    const result = await method.run(world, checked(method.takes, attached(params)), gone);
    return { status: 200, result, ...(method.says === undefined ? {} : { description: method.says }) };
  } catch (thrown) {
    return refused(thrown);
  }
};
