import type { FakeTelegram } from './server.ts';

export interface Said {
  readonly ok: boolean;
  readonly result?: unknown;
  readonly error_code?: number;
  readonly description?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** One plain call of the API, without any library between. */
export const ask = async (
  fake: FakeTelegram,
  method: string,
  params: object = {},
  signal?: AbortSignal,
): Promise<Said> => {
  const response = await fetch(`${fake.apiRoot}/bot${fake.token}/${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(params),
    ...(signal === undefined ? {} : { signal }),
  });
  const said = (await response.json()) as Said;
  if (!said.ok && said.error_code !== response.status)
    throw new Error(`HTTP ${response.status} says error_code ${said.error_code}`);
  return said;
};
