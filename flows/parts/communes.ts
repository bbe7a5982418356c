import type { Option } from '../../src/dialogue/question/question.ts';

/**
 * The communes of Lai Châu since 1 July 2025 (Resolution 1670/NQ-UBTVQH15), by name: the list to choose from when
 * somebody's writing of a place was not understood three times. A test holds it to the gazetteer's.
 */
const CODES =
  '03424 03390 03466 03433 03571 03388 03508 03460 03640 03583 03430 03487 03451 03601 03637 03472 03445 03618 03544 ' +
  '03434 03538 03613 03517 03503 03442 03616 03549 03532 03562 03478 03394 03405 03463 03408 03598 03595 03439 03529';

export const communes: readonly Option[] = CODES.split(' ').map((code) => ({
  id: code,
  value: { code, said: '' },
  label: { place: code },
}));
