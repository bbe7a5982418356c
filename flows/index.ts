import type { Flow } from '../src/dialogue/flow.ts';
import { alert, closeAlert } from './alert.ts';
import { campaign, campaigns, newCampaign, stopCampaign } from './campaign.ts';
import { connect, join } from './connect.ts';
import { correct } from './correct.ts';
import { declare } from './declare.ts';
import { disconnect } from './disconnect.ts';
import { duty, dutyOff, dutyOn } from './duty.ts';
import { answer, answerNext, feedback } from './feedback.ts';
import { followUp } from './followUp.ts';
import { inbox } from './inbox.ts';
import { link, unlink } from './link.ts';
import { mine, withdraw } from './mine.ts';
import {
  callNext,
  claimNext,
  closeNext,
  giveBackNext,
  reopenNext,
  reportNext,
  sendOutNext,
  stepInNext,
} from './nextAlert.ts';
import { codeAtCheckpoint, passage, standAt } from './passage.ts';
import { handOver, takeOver } from './relief.ts';
import { resumeReminders, stopReminders } from './reminders.ts';
import { report } from './report.ts';
import { stillHere } from './stillHere.ts';
import { training } from './training.ts';
import { update } from './update.ts';

/** Every conversation there is. A test holds each to a scenario and to sentences in both languages. */
export const FLOWS: readonly Flow[] = [
  // Asked first what a text opens: a link code without its hyphens could be a mistyped lookup code.
  link,
  join,
  declare,
  update,
  // Before one's own: a code that an officer types at a checkpoint is a traveller's.
  codeAtCheckpoint,
  mine,
  correct,
  withdraw,
  feedback,
  connect,
  disconnect,
  unlink,
  duty,
  dutyOn,
  dutyOff,
  handOver,
  takeOver,
  inbox,
  report,
  passage,
  standAt,
  training,
  stillHere,
  followUp,
  campaigns,
  newCampaign,
  campaign,
  stopCampaign,
  stopReminders,
  resumeReminders,
  alert,
  closeAlert,
  claimNext,
  callNext,
  closeNext,
  giveBackNext,
  stepInNext,
  sendOutNext,
  reopenNext,
  reportNext,
  answer,
  answerNext,
];
