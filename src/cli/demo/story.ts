import { randomUUID } from 'node:crypto';
import { styleText } from 'node:util';
import type { CliParts } from '../parts.ts';
import { CommandProblem } from '../problem.ts';
import type { ServerNote } from '../server.ts';
import { staffAdd, staffEnd } from '../staff.ts';
import { openTerminal, type Terminal } from '../terminal.ts';

/** A made-up traveller with fever who has trouble breathing, on the way to Than Uyên. */
const CITIZEN = [
  'khai báo',
  'đồng ý',
  'cho tôi',
  'không có',
  'Giàng A Minh, 1988, nam',
  'không có giấy tờ',
  '0987 000 111',
  'xã Mường Kim',
  'Lào Cai đến Than Uyên',
  'xe khách',
  '24B-000.11 ghế 7',
  'hôm nay',
  '1',
  'sốt, khó thở',
  'không',
];
const SEND = 'gửi';

const NURSE = 'Lò Thị Trực';

/** How long a message may take before the demonstration says that something is wrong (ms); generous on a slow machine. */
const PATIENCE = 60_000;

type Messages = AsyncIterator<{ text: string }>;

/** The next message with this in it. @throws CommandProblem when none comes */
const hear = async (messages: Messages, part = ''): Promise<string> => {
  const late = AbortSignal.timeout(PATIENCE);
  const awaited = part === '' ? 'message' : `message with "${part}"`;
  const gone = new Promise<never>((_, reject) => {
    late.addEventListener('abort', () =>
      reject(new CommandProblem(`The demonstration ends here: no ${awaited} came in ${PATIENCE / 1000} s.`)),
    );
  });
  for (;;) {
    const next = await Promise.race([messages.next(), gone]);
    if (next.done)
      throw new CommandProblem('The demonstration ends here: the server ended the conversation.');
    if (next.value.text.includes(part)) return next.value.text;
  }
};

const show = (who: string, text: string): void => {
  process.stdout.write(`\n${styleText('bold', who)}\n${text.replace(/^/gm, '  ')}\n`);
};

const declare = async (citizen: Terminal): Promise<void> => {
  const messages = citizen.listen();
  for (const said of CITIZEN) {
    await citizen.say(said);
    // The next line may be typed only when this one was answered.
    await hear(messages);
  }
  await citizen.say(SEND);
  // The result may come before the code or after it.
  show('The citizen hears', await hear(messages, 'Kết quả'));
};

const tell = async (nurse: Terminal, citizen: Terminal, code: string): Promise<void> => {
  const alerts = nurse.listen();
  await nurse.say(code);
  show('The duty nurse of Than Uyên links her phone', await hear(alerts, NURSE));
  const began = performance.now();
  await declare(citizen);
  show('The duty nurse hears', await hear(alerts, 'Nhận'));
  process.stdout.write(
    `\nFrom the citizen's first word to the alert: ${((performance.now() - began) / 1000).toFixed(1)} s.\n`,
  );
};

/**
 * Links a made-up nurse, lets a made-up citizen declare, and shows the alert that reaches the nurse. Her service ends
 * with the story, also with one that fails: nobody made up stays on duty.
 */
export const alertStory = async (server: ServerNote, parts: CliParts): Promise<void> => {
  const added = await staffAdd(parts, { name: NURSE, role: 'duty', area: 'Than Uyên' });
  const [id = '', code = ''] = [/^\w+/.exec(added)?.[0], /NV-\S+/.exec(added)?.[0]];
  const [nurse, citizen] = [
    openTerminal(server, `nurse-${randomUUID()}`),
    openTerminal(server, `citizen-${randomUUID()}`),
  ];
  try {
    await tell(nurse, citizen, code);
  } finally {
    nurse.close();
    citizen.close();
    // Her shift began after these parts were opened.
    await staffEnd({ ...parts, now: Date.now() }, id);
  }
};
