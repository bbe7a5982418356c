import { alertAct } from '../alerts/act.ts';
import { closeAlert, mayCloseAlert } from '../alerts/close.ts';
import { recentlyClosed } from '../alerts/closed.ts';
import { inbox } from '../alerts/inbox.ts';
import { campaignServices } from '../campaigns/index.ts';
import { answerFeedback, showFeedback } from '../feedback/answer.ts';
import { giveFeedback } from '../feedback/give.ts';
import { passageServices } from '../passages/index.ts';
import { showReport } from '../report/show.ts';
import { colleagues } from '../roster/colleagues.ts';
import { setDuty } from '../roster/duty.ts';
import { handOver } from '../roster/handOver.ts';
import { takeOver } from '../roster/takeOver.ts';
import type { Service } from '../service.ts';
import { linkStaff, staffState, unlinkStaff } from './link.ts';
import type { StaffParts } from './parts.ts';

/** The use cases of staff, and feedback from citizens, by the names the flows call them. */
export const staffServices = (parts: StaffParts): Readonly<Record<string, Service>> => ({
  linkStaff: linkStaff(parts),
  unlinkStaff: unlinkStaff(parts),
  staffState: staffState(parts),
  setDuty: setDuty(parts),
  colleagues: colleagues(parts),
  handOver: handOver(parts),
  takeOver: takeOver(parts),
  inbox: inbox(parts),
  showReport: showReport(parts),
  alertAct: alertAct(parts),
  mayCloseAlert: mayCloseAlert(parts),
  closeAlert: closeAlert(parts),
  recentlyClosed: recentlyClosed(parts),
  giveFeedback: giveFeedback(parts),
  showFeedback: showFeedback(parts),
  answerFeedback: answerFeedback(parts),
  ...campaignServices(parts),
  ...passageServices(parts),
});
