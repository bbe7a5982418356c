import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePlate, parseVehicle } from '../../src/domain/vehicle.ts';

const road = (raw: string) => {
  const parsed = parseVehicle(false)(raw);
  return parsed.ok ? parsed.value : parsed.problem.key;
};
const service = (raw: string) => {
  const parsed = parseVehicle(true)(raw);
  return parsed.ok ? parsed.value : parsed.problem.key;
};

describe('parsePlate', () => {
  test.each([
    ['25B-001.23', '25B-001.23'],
    ['25b00123', '25B-001.23'],
    ['25B 00123', '25B-001.23'],
    ['25B 001.23', '25B-001.23'],
    ['25 B 001 23', '25B-001.23'],
    ['29-B1 123.45', '29B1-123.45'],
    ['29B1-123.45', '29B1-123.45'],
    ['29b1 12345', '29B1-123.45'],
    ['29AA-123.45', '29AA-123.45'],
    ['29LD-123.45', '29LD-123.45'],
    ['80A-123.45', '80A-123.45'],
    ['29B1-2345', '29B1-2345'],
    ['29-B1 2345', '29B1-2345'],
    ['29B-1234', '29B-1234'],
    ['29B1234', '29B-1234'],
    ['29B12345', '29B-123.45'],
    ['biển số 25B-001.23', '25B-001.23'],
    ['BKS: 25B-001.23', '25B-001.23'],
    ['biển số xe: 25B00123', '25B-001.23'],
    ['xe 25B-001.23', '25B-001.23'],
  ])('%j → %s', (raw, expected) => {
    expect(parsePlate(raw)).toBe(expected);
  });

  test.each([
    '',
    '25B',
    '25B-001',
    '25B-001.234',
    'B-001.23',
    '2B-001.23',
    '25B-00A.23',
    'hôm qua',
    '0912345678',
  ])('%j is no plate of Vietnam', (raw) => {
    expect(parsePlate(raw)).toBeNull();
  });
});

describe('plate and seat', () => {
  test.each([
    ['25B-001.23', { vehicle: '25B-001.23' }],
    ['25B-001.23 ghế 12', { vehicle: '25B-001.23', seat: '12' }],
    ['25b00123, ghế a12', { vehicle: '25B-001.23', seat: 'A12' }],
    ['25B-001.23 số ghế 4', { vehicle: '25B-001.23', seat: '4' }],
    ['25B-001.23 ghế số 4', { vehicle: '25B-001.23', seat: '4' }],
    ['25B-001.23 giường B3', { vehicle: '25B-001.23', seat: 'B3' }],
    ['25B-001.23 - seat 4A', { vehicle: '25B-001.23', seat: '4A' }],
    ['25B-001.23 chỗ 7', { vehicle: '25B-001.23', seat: '7' }],
    ['25B-001.23 ghe 12'.normalize('NFD'), { vehicle: '25B-001.23', seat: '12' }],
    ['29B-123.45, 12', { vehicle: '29B-123.45', seat: '12' }],
    ['29B-123.45 A5', { vehicle: '29B-123.45', seat: 'A5' }],
    ['29B 123.45', { vehicle: '29B-123.45' }],
    ['UN 1234', { vehicle: 'UN 1234' }],
    ['QA-12-34', { vehicle: 'QA-12-34' }],
    ['TM 12345', { vehicle: 'TM 12345' }],
  ])('%j', (raw, expected) => {
    expect(road(raw)).toEqual(expected);
  });

  test.each(['', 'ghế 12', 'xe khách', 'không biết', '12', 'abc', 'x'.repeat(100)])('%j is none', (raw) => {
    expect(road(raw)).toBe('problem.plate');
  });
});

describe('flight and train', () => {
  test.each([
    ['VN1801', { vehicle: 'VN1801' }],
    ['vn 1801 ghế 12a', { vehicle: 'VN1801', seat: '12A' }],
    ['VJ-123', { vehicle: 'VJ123' }],
    ['SP3', { vehicle: 'SP3' }],
    ['tàu SE3, giường 21', { vehicle: 'SE3', seat: '21' }],
    ['chuyến bay VN1801 12A', { vehicle: 'VN1801', seat: '12A' }],
    ['3K 557', { vehicle: '3K557' }],
  ])('%j', (raw, expected) => {
    expect(service(raw)).toEqual(expected);
  });

  test.each(['25B-001.23', '', 'VN', '1801', 'máy bay'])('%j is none', (raw) => {
    expect(service(raw)).toBe('problem.service');
  });
});

test('reads again what it made, and never throws', () => {
  const plate = fc
    .tuple(
      fc.integer({ min: 11, max: 99 }),
      fc.constantFrom('A', 'B', 'F1', 'LD', 'AA'),
      fc.stringMatching(/^\d{5}$/),
    )
    .map(([province, series, number]) => `${province}${series} ${number}`);
  const seat = fc.option(fc.stringMatching(/^[A-Z]?\d{1,2}$/), { nil: undefined });
  fc.assert(
    fc.property(plate, seat, (text, place) => {
      const read = road(place === undefined ? text : `${text} ghế ${place}`);
      expect(read).toEqual({ vehicle: parsePlate(text), ...(place === undefined ? {} : { seat: place }) });
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (raw) => {
      for (const read of [road(raw), service(raw)]) {
        if (typeof read === 'string') continue;
        const again = typeof read.seat === 'string' ? `${read.vehicle} seat ${read.seat}` : read.vehicle;
        expect([road(again), service(again)]).toContainEqual(read);
      }
    }),
  );
});
