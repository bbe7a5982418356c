import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { groupCode, looksLikeCode, newCode, readCode } from '../../src/domain/lookupCode.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const code = fc.uint8Array({ minLength: 7, maxLength: 7 }).map((bytes) => {
  const salted = bytes.slice();
  // The generator asks again where the check character could not be spoken: other bytes each time.
  return newCode(() => {
    salted[6] = ((salted[6] ?? 0) + 1) % 256;
    return salted;
  });
});

const put = (text: string, at: number, sign: string): string => text.slice(0, at) + sign + text.slice(at + 1);

describe('newCode', () => {
  test('is 11 signs that can be read aloud, and is read as itself in every way it may be written', () => {
    fc.assert(
      fc.property(code, (made) => {
        expect(made).toMatch(/^[0-9A-HJKMNP-TV-Z]{11}$/);
        const grouped = groupCode(made);
        for (const written of [
          made,
          grouped,
          grouped.toLowerCase(),
          grouped.replaceAll('-', ' '),
          grouped.replaceAll('-', ' – '),
          ` ${[...made].join(' ')} `,
          made.replaceAll('0', 'O').replaceAll('1', 'l'),
          made.replaceAll('1', 'i').replaceAll('0', 'o'),
          `Mã tra cứu: ${grouped}`,
          `mã ${made}`,
        ])
          expect(readCode(written)).toEqual({ is: 'code', code: made });
      }),
    );
  });

  test.each([
    ['the check sign would be one of * ~ $ = U', 32n],
    ['it would be digits alone, like a phone number', 0n],
    [
      'it would be letters alone, like a word',
      [...'ABCDEFGHJP'].reduce((sum, sign) => sum * 32n + BigInt(ALPHABET.indexOf(sign)), 0n),
    ],
  ])('asks for other bytes where %s', (_why, value) => {
    const tried: number[] = [];
    const random = (size: number) => {
      tried.push(size);
      const bits = tried.length === 1 ? value : 10n;
      return new Uint8Array(
        Array.from({ length: 7 }, (_, at) => Number((bits >> BigInt(8 * (6 - at))) & 255n)),
      );
    };
    expect(newCode(random)).toBe('000000000AA');
    expect(tried).toEqual([7, 7]);
  });

  test('typed in one run it begins its conversation, whatever its signs', () => {
    fc.assert(fc.property(code, (made) => expect([made, looksLikeCode(made)]).toEqual([made, true])));
  });
});

describe('one slip', () => {
  test('every single wrong sign is seen', () => {
    fc.assert(
      fc.property(code, (made) => {
        for (let at = 0; at < made.length; at += 1) {
          for (const sign of ALPHABET) {
            if (sign !== made[at]) expect(readCode(put(made, at, sign)).is).toBe('mistyped');
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test('every swap of two neighbours is seen', () => {
    fc.assert(
      fc.property(code, (made) => {
        for (let at = 0; at + 1 < made.length; at += 1) {
          const [left = '', right = ''] = [made[at], made[at + 1]];
          if (left !== right) expect(readCode(put(put(made, at, right), at + 1, left)).is).toBe('mistyped');
        }
      }),
    );
  });

  test('a sign too many or too few is seen', () => {
    fc.assert(
      fc.property(code, fc.nat(10), fc.constantFrom(...ALPHABET), (made, at, sign) => {
        const lacking = made.slice(0, at) + made.slice(at + 1);
        if (/\d/.test(lacking)) expect(readCode(lacking).is).toBe('mistyped');
        const extra = made.slice(0, at) + sign + made.slice(at);
        if (/\d/.test(extra)) expect(readCode(extra).is).toBe('mistyped');
      }),
    );
  });
});

describe('what is no code', () => {
  test.each(['', 'xin chào', 'mã gì', 'toi bi sot ho', 'hello world', '7K3M', 'x'.repeat(500), '🤒🤒🤒🤒'])(
    '%j',
    (raw) => {
      expect(readCode(raw)).toEqual({ is: 'other' });
    },
  );
});

describe('looksLikeCode', () => {
  test.each([
    '7K3M-9QXT-2BN',
    '7k3m9qxt2bn',
    '7K3M 9QXT 2BN',
    '7K3M-9QXT-2BC',
    'Mã: 7K3M-9QXT-2BN',
    '7K3M–9QXT–2BN',
  ])('%j may be meant as one', (raw) => {
    expect(looksLikeCode(raw)).toBe(true);
  });

  test.each([
    '0912345678',
    '84912345678',
    '012090001234',
    '045123456',
    '25B-001.23',
    '15/3/1990',
    'toi bi sot 2 hom',
    'toi di 29 nguoi',
    'xin chao ban',
    'hello world',
    'Nguyễn Văn An',
    `7K3M-9QXT-2BN ${'x'.repeat(4000)}`,
    '',
  ])('%j is not', (raw) => {
    expect(looksLikeCode(raw)).toBe(false);
  });

  test('every code as it is printed does', () => {
    fc.assert(
      fc.property(code, (made) => {
        fc.pre(/[A-Z]/.test(made));
        expect(looksLikeCode(groupCode(made))).toBe(true);
      }),
    );
  });
});
