/** What is sent without being asked for, and how its reader stops it. */
export const reminders = {
  'unasked.movement': 'questions about where you stay',
  'unasked.draft': 'reminders of unfinished declarations',
  'unasked.followUp': 'daily questions about your health',
  'unasked.codeEnding': 'reminders that a code is about to end',
  'unasked.campaign': 'general news of the province',
  'unasked.all': 'all reminders and general news',
  'stopReminders.title': 'Stop reminders',
  'stopReminders.go': 'Do not remind me',
  'stopReminders.done': 'Stopped: {what}. To get them again, type "resume reminders".',
  'resumeReminders.title': 'Remind me again',
  'resumeReminders.go': 'Remind me again',
  'resumeReminders.done': 'You get {what} again. To stop, type "stop reminders".',
} as const;
