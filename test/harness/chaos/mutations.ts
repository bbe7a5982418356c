/** `npm run harness -- mutations`: a checker that never fails proves nothing; here it must, for each safeguard. */
import { prove } from './mutate.ts';
import { DIALOGUE } from './safeguards.ts';

const RUN = ['dialogue', '--kills', '12', '--chats', '45', '--seed', '7', '--patience', '120'];

process.exitCode = (await prove({ run: RUN, mutations: DIALOGUE, only: process.argv[2] })) ? 0 : 1;
