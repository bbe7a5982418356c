/** Exercises. */
export const training = {
  'training.title': 'Exercise',
  'training.menu': 'Exercise',
  'training.mark': '[EXERCISE]',
  'training.begin':
    'Begin an exercise in this chat? All that is said here will be an exercise, told only to those who train. Real work under way is kept.',
  'training.end': 'End the exercise? Drafts of the exercise are deleted; real work is as it was.',
  'training.sure': '{question}',
  'training.sure.label': 'Exercise',
  'training.sure.yes': 'Yes',
  'training.sure.no': 'No',
  'training.asBefore': 'Nothing was changed.',
  'training.begun': 'The exercise has begun. Try a declaration, try an alert. Type "training" to end it.',
  'training.ended': 'The exercise is over.',
  'training.left': 'From here on it is real, no exercise.',
  'training.real': 'REAL, not an exercise.',
  'training.everybody': 'The whole system is in an exercise; only the administrator can change that.',
} as const;
