import { expect, test } from 'vitest';
import { isLoopback } from './loopback.ts';

test.each([
  'localhost',
  'LOCALHOST',
  'localhost.',
  'party.localhost',
  '127.0.0.1',
  '127.8.9.10',
  '0.0.0.0',
  '[::1]',
  '::1',
  '[::]',
  new URL('https://[::ffff:127.0.0.1]/').hostname,
  new URL('https://0x7f.1/').hostname,
])('%s is this machine', (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each(['db.example.com', 'localhost.example.com', '10.0.0.1', '128.0.0.1', '[2001:db8::1]'])(
  '%s is another one',
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);
