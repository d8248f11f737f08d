import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { returnAreas, returnPath, signInPath } from './return-path.ts';

describe('the way back after signing in', () => {
  it.each([
    '/queue',
    '/operations/d7716ad6-dbd1-4b3b-9c2e-0a1b2c3d4e5f',
    '/ledger/client/C-20418/SOL?before=18',
    '/destinations?client=C-20418',
    '/operators/p-aaaaaaaaaa',
  ])('leads to %s', (path) => {
    expect(returnPath(path)).toBe(path);
    const asked = new URL(signInPath(path), 'https://console.example').searchParams.get('next');
    expect(asked).toBe(path);
  });

  it.each([
    'https://evil.example/queue',
    '//evil.example/queue',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/queue\\..\\evil.example',
    '/queue/..//evil.example',
    '/queue/../../evil.example',
    '/queue/%2e%2e//evil.example',
    '/queue/%2e%2e/api/auth/signout',
    '/queue//evil.example',
    '/%2fevil.example',
    '/%5cevil.example',
    '/\tqueue',
    '/\n/evil.example',
    '/queue\r\nSet-Cookie: a=b',
    '/queue\u0000',
    '/queue/\u0085',
    ' /queue',
    '/queue ',
    '/queue#//evil.example',
    '/queue@evil.example',
    '/queueevil.example',
    '/queue:80',
    '/.evil.example',
    '/@evil.example',
    '/QUEUE',
    'queue',
    'javascript:alert(1)',
    '/javascript:alert(1)',
    'data:text/html,x',
    '/sign-in?next=/queue',
    '/sign-in',
    '/api/auth/signout',
    '/enrol',
    '/floor',
    '/',
    '',
    `/queue/${'a'.repeat(300)}`,
    undefined,
    null,
    7,
    ['/queue'],
    { toString: () => '/queue' },
  ])('never leads to %j', (asked) => {
    expect(returnPath(asked)).toBeNull();
    expect(signInPath(asked)).toBe('/sign-in');
  });

  it('takes 300 characters at most', () => {
    const longest = `/queue/${'a'.repeat(293)}`;
    expect([returnPath(longest), returnPath(`${longest}a`)]).toEqual([longest, null]);
  });

  it('knows every area of the console, and no other page', () => {
    const folder = new URL('../../app/(console)/', import.meta.url);
    const areas = readdirSync(folder, { withFileTypes: true }).filter((it) => it.isDirectory());
    expect(areas.length).toBeGreaterThan(5);
    expect(new Set(areas.map(({ name }) => name))).toEqual(returnAreas);
  });
});
