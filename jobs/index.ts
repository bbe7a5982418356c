import type { Tick } from '../src/services/ticks/tick.ts';
import { alertsClimb } from './alertsClimb.ts';
import { campaigns } from './campaigns.ts';
import { codeReminders } from './codeReminders.ts';
import { dailyReport } from './dailyReport.ts';
import { draftReminders } from './draftReminders.ts';
import { followUps } from './followUps.ts';
import { movementReminders } from './movementReminders.ts';
import type { JobParts } from './parts.ts';
import { rosterGaps } from './rosterGaps.ts';

const JOBS = [
  alertsClimb,
  campaigns,
  rosterGaps,
  movementReminders,
  draftReminders,
  codeReminders,
  followUps,
  dailyReport,
];

/** Every tick there is. A test holds each file of this folder to standing here. */
export const ticksOf = (parts: JobParts): readonly Tick[] => JOBS.map((job) => job(parts));
