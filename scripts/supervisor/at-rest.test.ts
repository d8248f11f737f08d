import { describe, expect, it } from 'vitest';
import { atRestProblems, readAtRest } from './at-rest.ts';

const here = { data: '/srv/cs', databaseUrl: 'postgresql://owner:x@127.0.0.1/cs' };
const elsewhere = { ...here, databaseUrl: 'postgresql://owner:x@db.example.com/cs' };
const declared = 'declared: provider’s disks, keys in our own HSM, rotated yearly';

describe('encryption of disks', () => {
  it.each([[undefined], [''], ['yes'], ['declared: '], ['declared: yes they are'], ['Checked']])(
    '%j is refused',
    (text) => {
      expect(atRestProblems(text, here)).toEqual([expect.stringContaining('must be “checked”')]);
    },
  );

  it('is taken at its word where it is declared, in a sentence', () => {
    expect(atRestProblems(declared, elsewhere)).toEqual([]);
    expect(readAtRest(declared)).toMatchObject({ kind: 'declared' });
  });

  it('is looked at where it is to be checked', () => {
    expect(atRestProblems('checked', here, () => 'encrypted')).toEqual([]);
    expect(atRestProblems('checked', here, () => 'plain')).toEqual([
      expect.stringContaining('/srv/cs does not lie on an encrypted volume'),
    ]);
    expect(atRestProblems('checked', here, () => 'unknown')).toEqual([
      expect.stringContaining('does not tell'),
    ]);
  });

  it('can’t be looked at on another machine', () => {
    expect(atRestProblems('checked', elsewhere, () => 'encrypted')).toEqual([
      expect.stringContaining('db.example.com can’t be looked at'),
    ]);
  });
});
