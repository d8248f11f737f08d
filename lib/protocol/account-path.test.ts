import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountPath } from './account-path.ts';

const number = fc.stringMatching(/^C-\d{4,10}$/);

describe('account paths', () => {
  test('a client’s number reads off its path', () => {
    expect(accountPath('C-20418', 'receive')).toEqual([5, 0, 20418, 0]);
    expect(accountPath('C-9999999999', 'change')).toEqual([10, 99999, 99999, 1]);
    expect(accountPath(null, 'receive')).toEqual([0, 0, 0, 0]);
  });

  test('leading zeros make another owner and another path', () => {
    expect(accountPath('C-0042', 'receive')).not.toEqual(accountPath('C-00042', 'receive'));
  });

  test('two owners never share a path, nor an owner with the custodian', () => {
    fc.assert(
      fc.property(number, number, (one, other) => {
        const paths = [one, other].map((owner) => accountPath(owner, 'receive').join('/'));
        expect(paths[0] === paths[1]).toBe(one === other);
        expect(paths).not.toContain(accountPath(null, 'receive').join('/'));
      }),
    );
  });

  test('every step is a non-hardened one', () => {
    fc.assert(
      fc.property(number, (owner) => {
        for (const step of accountPath(owner, 'change')) {
          expect(Number.isInteger(step)).toBe(true);
          expect(step).toBeLessThan(2 ** 31);
        }
      }),
    );
  });

  test('what is no client’s number has no path', () => {
    for (const text of ['C-1', '20418', 'C-12345678901', 'c-20418', ''])
      expect(() => accountPath(text, 'receive')).toThrow();
  });
});
