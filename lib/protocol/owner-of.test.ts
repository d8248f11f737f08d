import { describe, expect, it } from 'vitest';
import { ownerOf } from './owner-of.ts';
import type { MovingIntent } from './intent.ts';

/** Only what the rule looks at. */
const transfer = (owner?: string | null): MovingIntent =>
  ({ kind: 'vault-transfer', ...(owner === undefined ? {} : { owner }) }) as MovingIntent;

describe('the account that an operation takes from', () => {
  it('is that of the client whom a withdrawal pays out', () => {
    expect(ownerOf({ kind: 'withdrawal', client: 'C-1001' } as MovingIntent)).toBe('C-1001');
  });

  it.each([
    ['the client whom a transfer names', 'C-1002', 'C-1002'],
    ['the custodian’s own, where a transfer says so', null, null],
    ['the custodian’s own, where its vault has one address for all', undefined, null],
  ])('is %s', (_, owner, expected) => {
    expect(ownerOf(transfer(owner))).toBe(expected);
  });
});
