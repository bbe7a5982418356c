import { randomUUID } from 'node:crypto';
import { styleText } from 'node:util';
import type { CliParts } from '../parts.ts';
import type { ServerNote } from '../server.ts';
import { staffAdd } from '../staff.ts';
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
  'gửi',
];

/** How long a message may take before the demonstration says that something is wrong (ms). */
const PATIENCE = 10_000;

const hear = async (messages: AsyncIterator<{ text: string }>, part: string): Promise<string> => {
  const late = AbortSignal.timeout(PATIENCE);
  const gone = new Promise<never>((_, reject) => {
    late.addEventListener('abort', () =>
      reject(new Error(`no message with "${part}" came within ${PATIENCE / 1000} s`)),
    );
  });
  for (;;) {
    const next = await Promise.race([messages.next(), gone]);
    if (next.done) throw new Error('the server ended the conversation');
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
    await messages.next();
  }
  show('The citizen hears', await hear(messages, 'Kết quả'));
};

/** Links a made-up nurse, lets a made-up citizen declare, and shows the alert that reaches the nurse. */
export const alertStory = async (server: ServerNote, parts: CliParts): Promise<void> => {
  const added = await staffAdd(parts, { name: 'Lò Thị Trực', role: 'duty', area: 'Than Uyên' });
  const code = /NV-\S+/.exec(added)?.[0] ?? '';
  const [nurse, citizen] = [
    openTerminal(server, `nurse-${randomUUID()}`),
    openTerminal(server, `citizen-${randomUUID()}`),
  ];
  const alerts = nurse.listen();
  try {
    await nurse.say(code);
    show('The duty nurse of Than Uyên links her phone', await hear(alerts, 'Lò Thị Trực'));
    const began = performance.now();
    await declare(citizen);
    show('The duty nurse hears', await hear(alerts, 'Nhận'));
    process.stdout.write(
      `\nFrom the citizen's first word to the alert: ${((performance.now() - began) / 1000).toFixed(1)} s.\n`,
    );
  } finally {
    nurse.close();
    citizen.close();
  }
};
