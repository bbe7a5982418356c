import { Command } from 'commander';
import { campaignCommand } from './campaign/index.ts';
import { chat } from './chat.ts';
import { deliveriesCommand } from './deliveries.ts';
import { demo } from './demo/index.ts';
import { feedbackCommand } from './feedback.ts';
import { jobsCommand } from './jobs.ts';
import { keysCommand } from './keys.ts';
import { orderCommand } from './order.ts';
import { parkedCommand } from './parked.ts';
import { reportCommand } from './report.ts';
import { rulesCommand } from './rules.ts';
import { shiftCommand } from './shift.ts';
import { staffCommand } from './staff.ts';
import { trainingCommand } from './training.ts';
import { withServer } from './withServer.ts';
import { runWith } from './withStore.ts';
import { zoneCommand } from './zone.ts';

const chatCommand = (): Command =>
  new Command('chat')
    .description('talk to the bot in this terminal')
    .action(() => withServer(process.env, (server) => chat(server)));

const demoCommand = (): Command =>
  new Command('demo').description('fill the province with made-up people and show an alert').action(demo);

const ON_THE_STORE = [
  staffCommand,
  shiftCommand,
  zoneCommand,
  rulesCommand,
  feedbackCommand,
  parkedCommand,
  deliveriesCommand,
  campaignCommand,
  orderCommand,
  trainingCommand,
  jobsCommand,
  reportCommand,
];

/** All but `start`. */
export const otherCommands = (): readonly Command[] => [
  chatCommand(),
  demoCommand(),
  ...ON_THE_STORE.map((command) => command(runWith)),
  keysCommand(),
];
