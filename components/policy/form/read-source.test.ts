import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '#lib/operations/default-policy.ts';
import { policy as policySchema } from '#lib/protocol/policy.ts';
import { formOf } from './policy-form.ts';
import { readPolicy } from './read-policy.ts';
import { readSource, type SourceForm } from './read-source.ts';

const wanted: SourceForm = { name: 'books-1', fact: 'books', publicKey: 'AB'.repeat(32) };
const named = {
  name: 'prices',
  fact: 'price',
  publicKey: 'cd'.repeat(32),
  maxAge: { count: '5', unit: 60 },
} as const;

describe('a source that somebody names', () => {
  it('stands in the policy with its key and a highest age', () => {
    const read = readSource({ ...wanted, name: ' books-1 ' }, [named]);
    if (!read.ok) throw new Error('It is sound.');
    const base = defaultPolicy('sample', 'production');
    const policy = readPolicy({ ...formOf(base), sources: [named, read.source] }, base);
    expect(policy.ok && policySchema.parse(policy.policy).sources).toEqual([
      { name: 'prices', fact: 'price', publicKey: 'cd'.repeat(32), maxAgeSeconds: 300 },
      { name: 'books-1', fact: 'books', publicKey: 'ab'.repeat(32), maxAgeSeconds: 300 },
    ]);
  });

  it.each<[string, Partial<SourceForm>, object]>([
    [
      'a name with other signs',
      { name: 'Books 1' },
      { name: expect.stringContaining('lower case') },
    ],
    ['no name', { name: '' }, { name: expect.stringContaining('lower case') }],
    ['a name that is taken', { name: 'prices' }, { name: 'Another source has this name.' }],
    ['half a key', { publicKey: 'ab' }, { publicKey: expect.stringContaining('64 digits') }],
    [
      'the key of another',
      { publicKey: 'CD'.repeat(32) },
      { publicKey: expect.stringContaining('Another source has this key') },
    ],
    [
      'both wrong',
      { name: '-', publicKey: '' },
      { name: expect.any(String), publicKey: expect.any(String) },
    ],
  ])('is told what is wrong with %s', (_, changes, faults) => {
    expect(readSource({ ...wanted, ...changes }, [named])).toEqual({ ok: false, faults });
  });

  it('is one of 32 at most', () => {
    const many = Array.from({ length: 32 }, (_, place) => ({
      ...named,
      name: `source-${place}`,
      publicKey: place.toString(16).padStart(64, '0'),
    }));
    expect(readSource(wanted, many)).toMatchObject({ ok: false });
    expect(readSource(wanted, many.slice(1))).toMatchObject({ ok: true });
  });
});
