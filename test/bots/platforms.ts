import { readdirSync } from 'node:fs';
import { startTestApp, type TestApp } from '../harness/app.ts';
import type { Contract, Platform } from './contract.ts';

/** Every folder under `bots/` is a channel. */
export const CHANNELS: readonly string[] = readdirSync(new URL('../../bots', import.meta.url), {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const contractOf = async (name: string): Promise<Contract> =>
  ((await import(`./${name}/contract.ts`)) as { contract: Contract }).contract;

export interface Platforms {
  readonly app: TestApp;
  platform(name: string): Platform;
  end(): Promise<void>;
}

/** The whole app with every channel there is, each with its platform's stand-in. */
export const startPlatforms = async (env: Readonly<Record<string, string>> = {}): Promise<Platforms> => {
  const platforms = new Map<string, Platform>();
  for (const name of CHANNELS) platforms.set(name, await (await contractOf(name))());
  const settings = Object.assign({}, ...[...platforms.values()].map((platform) => platform.env), env);
  const app = await startTestApp(settings as Record<string, string>);
  const platform = (name: string): Platform => {
    const found = platforms.get(name);
    if (found === undefined) throw new Error(`${name} has no platform`);
    return found;
  };
  const end = async (): Promise<void> => {
    await app.end();
    for (const each of platforms.values()) await each.end();
  };
  return { app, platform, end };
};
