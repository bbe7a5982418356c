import { withServer } from '../withServer.ts';
import { partsOf, withStore } from '../withStore.ts';
import { fillProvince } from './fill.ts';
import { alertStory } from './story.ts';

/** Made-up people the province is filled with. */
const PEOPLE = 3000;

/** `npm run demo`: a province full of made-up people, and an alert that arrives. */
export const demo = (): Promise<void> =>
  withServer(process.env, (server) =>
    withStore(async (store) => {
      await fillProvince(store, PEOPLE);
      await alertStory(server, partsOf(store));
    }),
  );
