import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../src/settings.ts';

/** Settings that nothing is wrong with; the keys are not looked at here. */
const right = {
  NODE_ENV: 'production',
  KHAIBAO_KEYS: 'k1',
  PUBLIC_URL: 'https://khaibao.example/',
  MICROSOFT_APP_ID: '3d2a7c1e-5b0f-4a53-9e0c-7f6a1f3b9d42',
  MICROSOFT_APP_PASSWORD: 'made-up',
};

describe('production', () => {
  test('starts with what it needs', () => {
    expect(readSettings(right)).toMatchObject({ production: true, publicUrl: 'https://khaibao.example' });
  });

  test.each([
    ['MICROSOFT_APP_PASSWORD', { MICROSOFT_APP_PASSWORD: undefined }],
    ['MICROSOFT_APP_PASSWORD', { MICROSOFT_APP_PASSWORD: '  ' }],
    ['MICROSOFT_APP_ID', { MICROSOFT_APP_ID: undefined, BOT_FRAMEWORK: 'on' }],
    ['KHAIBAO_KEYS', { KHAIBAO_KEYS: undefined }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://khaibao.example' }],
  ])('does not start without a right %s: %j', (name, more) => {
    expect(() => readSettings({ ...right, ...more })).toThrow(new RegExp(`^${name} .* in production`));
  });

  test('asks for no password where the Bot Framework is off, or on the machine of a developer', () => {
    const { MICROSOFT_APP_PASSWORD: _, ...rest } = right;
    expect(readSettings({ ...rest, BOT_FRAMEWORK: 'off' }).botFramework).toBeUndefined();
    expect(readSettings({ ...rest, NODE_ENV: 'development' }).botFramework?.appId).toBe(
      right.MICROSOFT_APP_ID,
    );
  });
});
