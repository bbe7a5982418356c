import type { Heeded } from '../../src/dialogue/flow.ts';
import { line } from '../../src/dialogue/say.ts';

/** The national emergency number: a value, so that a phone can dial it. */
export const EMERGENCY = '115';

/**
 * Signs as they are told by whoever has not begun to declare. Of what may be an emergency rather one word too many:
 * nothing begins by it, a number is named and a declaration is offered.
 */
const WORDS = [
  ...[
    'sốt',
    'nóng sốt',
    'ho',
    'bị ho',
    'ho nhiều',
    'khó thở',
    'không thở được',
    'hụt hơi',
    'thở gấp',
    'tức ngực',
  ],
  ...['đau họng', 'viêm họng', 'tiêu chảy', 'nôn', 'buồn nôn', 'đi ngoài', 'phát ban', 'nổi ban', 'nổi mẩn'],
  ...[
    'chảy máu',
    'xuất huyết',
    'co giật',
    'ngất',
    'bất tỉnh',
    'hôn mê',
    'cấp cứu',
    'nguy cấp',
    'bị ốm',
    'ốm nặng',
  ],
  ...['fever', 'cough', 'coughing', 'cannot breathe', "can't breathe", 'difficulty breathing', 'bleeding'],
  ...['vomiting', 'diarrhoea', 'diarrhea', 'rash', 'emergency', 'unconscious'],
];

export const signs: Heeded = {
  words: WORDS,
  say: line('declare.signs', { number: EMERGENCY }),
};
