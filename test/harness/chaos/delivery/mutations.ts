/** `npm run harness -- delivery-mutations`: the same for what is delivered. */
import { prove } from '../mutate.ts';
import { DELIVERY } from './safeguards.ts';

const RUN = ['delivery', '--kills', '12', '--seed', '7', '--patience', '90'];

process.exitCode = (await prove({ run: RUN, mutations: DELIVERY, only: process.argv[2] })) ? 0 : 1;
