import type { Activity } from './activity.ts';

/** What we posted to the bot, and what it made of it. */
export interface Post {
  readonly activity: Activity;
  /** 504 when the bot said nothing within the 15 s that channels wait. */
  readonly status: number;
  readonly ms: number;
  readonly body: string;
}

/** `authorization` stands instead of a right token; null sends none. */
export interface PostOptions {
  readonly authorization?: string | null;
}

/** Never throws for what the bot answers. */
export type Poster = (activity: Activity, options?: PostOptions) => Promise<Post>;

/** How long a channel waits for the bot to take an activity (ms). */
const CHANNEL_PATIENCE = 15_000;

/** Posts as a channel does, and writes down what came of it. */
export const poster =
  (bot: () => string, token: () => string | null, posts: Post[]): Poster =>
  async (activity, { authorization } = {}) => {
    const shown = authorization === undefined ? token() : authorization;
    const begun = performance.now();
    const answer = await fetch(bot(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(shown === null ? {} : { authorization: shown }) },
      body: JSON.stringify(activity),
      signal: AbortSignal.timeout(CHANNEL_PATIENCE),
    })
      .then(async (response) => ({ status: response.status, body: await response.text() }))
      .catch((error: Error) => {
        if (error.name !== 'TimeoutError') throw error;
        return { status: 504, body: '' };
      });
    const post = { activity, ...answer, ms: performance.now() - begun };
    posts.push(post);
    return post;
  };
