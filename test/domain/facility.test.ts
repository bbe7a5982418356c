import { describe, expect, test } from '@jest/globals';
import { facilitiesOf, findFacility } from '../../src/domain/facility.ts';

const THAN_UYEN = '12/03595';
const SIN_HO = '12/03478';

const STATION = 'Trạm y tế xã Than Uyên';
const KNOWN = [
  { area: THAN_UYEN, facility: STATION },
  { area: THAN_UYEN, facility: 'Trạm y tế' },
  { area: SIN_HO, facility: 'Trạm y tế' },
  { area: '12', facility: 'CDC Lai Châu' },
];

test('those that stand with the staff, each once, however it is written', () => {
  const staff = [
    { area: THAN_UYEN, facility: STATION },
    { area: THAN_UYEN, facility: 'trạm y tế  xã than uyên' },
    { area: SIN_HO, facility: STATION },
    { area: SIN_HO, facility: '' },
    { area: SIN_HO },
  ];
  expect(facilitiesOf(staff)).toEqual([
    { area: THAN_UYEN, facility: STATION },
    { area: SIN_HO, facility: STATION },
  ]);
});

describe('the facility of a name', () => {
  test.each([
    ['there is one', STATION, undefined, SIN_HO, STATION, THAN_UYEN],
    ['in any letters', 'TRẠM Y TẾ  xã Than Uyên', undefined, SIN_HO, STATION, THAN_UYEN],
    ['of two the one in their own area', 'Trạm y tế', undefined, SIN_HO, 'Trạm y tế', SIN_HO],
    ['of two the one in the area given', 'Trạm y tế', THAN_UYEN, SIN_HO, 'Trạm y tế', THAN_UYEN],
  ] as const)('%s', (_, name, given, own, facility, area) => {
    expect(findFacility(KNOWN, name, { given, own })).toEqual({ is: 'one', facility: { area, facility } });
  });

  test.each([
    ['two, and none in their own area', 'Trạm y tế', undefined, '12', [THAN_UYEN, SIN_HO]],
    ['none in the area given', STATION, SIN_HO, THAN_UYEN, [THAN_UYEN]],
  ] as const)('%s: where it is', (_, name, given, own, areas) => {
    const found = findFacility(KNOWN, name, { given, own });
    expect(found.is === 'where' && found.all.map(({ area }) => area)).toEqual(areas);
  });

  test.each(['Trạm y tế xã Sìn Hồ', 'Tram y te', ''])('%j is unknown', (name) => {
    expect(findFacility(KNOWN, name, { given: undefined, own: '12' })).toEqual({ is: 'unknown' });
  });
});
