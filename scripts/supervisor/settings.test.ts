import { describe, expect, test } from 'vitest';
import { projectRoot, readSettings } from './settings.ts';

const read = (variables: Record<string, string>) => readSettings(variables, { isDev: false });

describe('settings of the supervisor', () => {
  test('nothing needs to be set', () => {
    expect(read({})).toEqual({
      mode: 'sandbox',
      data: `${projectRoot}/.data`,
      ports: {
        web: 3000,
        postgres: 54329,
        solana: 3190,
        bitcoin: 3191,
        ethereum: 3192,
        control: 3101,
        custody: 3102,
        recovery: 3103,
      },
      origin: 'http://localhost:3000',
      rpId: 'localhost',
      databaseUrl: null,
      isDev: false,
      hasSample: true,
    });
  });

  test('the sample organisation is left out when asked, by either way', () => {
    expect(read({ COUNTERSIGN_SAMPLE: 'none' }).hasSample).toBe(false);
    expect(readSettings({}, { isDev: false, isEmpty: true }).hasSample).toBe(false);
  });

  test('another web port is another origin', () => {
    expect(read({ COUNTERSIGN_WEB_PORT: '3400' }).origin).toBe('http://localhost:3400');
  });

  test.each([
    ['COUNTERSIGN_WEB_PORT', '0'],
    ['COUNTERSIGN_WEB_PORT', '65536'],
    ['COUNTERSIGN_WEB_PORT', '3e3'],
    ['COUNTERSIGN_WEB_PORT', '３０００'],
    ['COUNTERSIGN_POSTGRES_PORT', '-1'],
    ['COUNTERSIGN_MODE', 'Production'],
    ['COUNTERSIGN_SAMPLE', 'no'],
    ['COUNTERSIGN_ORIGIN', 'http://localhost:3000/'],
    ['COUNTERSIGN_ORIGIN', 'localhost:3000'],
    ['COUNTERSIGN_ORIGIN', 'http://127.0.0.1:3000'],
    ['COUNTERSIGN_ORIGIN', 'https://[::1]:3000'],
    ['COUNTERSIGN_ORIGIN', 'http://console.example.com'],
    ['COUNTERSIGN_RP_ID', 'example.com'],
    ['COUNTERSIGN_RP_ID', 'host'],
    ['DATABASE_URL', 'db.example.com'],
    ['DATABASE_URL', 'mysql://a:b@c/d'],
  ])('a wrong %s stops the start with its name', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(new RegExp(`^${name} must `));
  });

  test.each([
    ['COUNTERSIGN_WEB_PORT', '6000'],
    ['COUNTERSIGN_SOLANA_PORT', '4190'],
    ['COUNTERSIGN_ETHEREUM_PORT', '6697'],
    ['COUNTERSIGN_CONTROL_PORT', '6667'],
    ['COUNTERSIGN_ORIGIN', 'https://console.example.com:10080'],
  ])('a %s that browsers refuse to open stops the start and says why', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(
      new RegExp(`^${name} must not use port \\d+: browsers refuse to open it`),
    );
  });

  test('the database, which no browser visits, may use such a port', () => {
    expect(read({ COUNTERSIGN_POSTGRES_PORT: '4190' }).ports.postgres).toBe(4190);
  });

  test('two services on one port are both named', () => {
    expect(() => read({ COUNTERSIGN_WEB_PORT: '3101' })).toThrow(
      'COUNTERSIGN_WEB_PORT and COUNTERSIGN_CONTROL_PORT are both 3101',
    );
  });
});
