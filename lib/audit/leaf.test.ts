import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { auditLeaf, leafHash, type AuditEntry } from './leaf.ts';
import { commit, commitmentOf } from './salted-commitment.ts';

const entry: AuditEntry = {
  kind: 'operation-moved',
  subject: 'op-1',
  actor: 'p-aaaaaaaaaa',
  at: new Date('2026-11-24T01:02:03.004Z'),
  facts: { to: 'approved', from: 'raised', attempt: 1, isLast: false, party: null },
};
const changed = (change: object): AuditEntry => ({ ...entry, ...change });
const withFact = (name: string, value: unknown) => changed({ facts: { [name]: value } });

describe('the leaf of an audit entry', () => {
  it('is its canonical text, whatever the order of its facts', () => {
    const text =
      '{"actor":"p-aaaaaaaaaa","at":"2026-11-24T01:02:03.004Z","facts":{"attempt":1,"from":"raised","isLast":false,"party":null,"to":"approved"},"kind":"operation-moved","subject":"op-1","type":"countersign/audit/v1"}';
    expect(new TextDecoder().decode(auditLeaf(entry).bytes)).toBe(text);
    const reordered = changed({
      facts: Object.fromEntries(Object.entries(entry.facts).toReversed()),
    });
    expect(auditLeaf(reordered)).toEqual(auditLeaf(entry));
  });

  it('is hashed as RFC 6962 says', () => {
    expect(Buffer.from(leafHash(new Uint8Array())).toString('hex')).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
    const { bytes, hash } = auditLeaf(entry);
    expect(Buffer.from(hash)).toEqual(
      createHash('sha256')
        .update(Buffer.concat([Buffer.of(0), bytes]))
        .digest(),
    );
  });

  it.each([
    ['an unknown kind', changed({ kind: 'something-else' })],
    ['no actor', changed({ actor: '' })],
    ['a name for an actor', changed({ actor: 'Alice Example' })],
    ['no subject', changed({ subject: '' })],
    ['a subject beyond the limit', changed({ subject: 'x'.repeat(201) })],
    ['a line break', withFact('note', 'a\nb')],
    ['a NUL', withFact('note', 'a\u0000b')],
    ['an escape sequence', withFact('note', '\u001b[2J')],
    ['a lone surrogate', withFact('note', '\ud800')],
    ['a text beyond the limit', withFact('note', 'x'.repeat(1401))],
    ['a fraction', withFact('amount', 0.5)],
    ['a number that is not exact', withFact('amount', 2 ** 53)],
    ['not a number', withFact('amount', Number.NaN)],
    ['a nested value', withFact('inner', {})],
    ['an undefined value', withFact('inner', undefined)],
    ['a bigint', withFact('amount', 5n)],
    ['a name with a space', withFact('a b', 1)],
    ['the name __proto__', changed({ facts: JSON.parse('{"__proto__":1}') as object })],
    [
      'too many facts',
      changed({ facts: Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`f${i}`, 1])) }),
    ],
    [
      'too many bytes',
      changed({
        facts: Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`f${i}`, 'x'.repeat(1400)])),
      }),
    ],
    ['no instant', changed({ at: new Date(Number.NaN) })],
  ])('is refused with %s', (_what, wrong) => {
    expect(() => auditLeaf(wrong)).toThrow();
  });
});

describe('a salted commitment', () => {
  it('can be checked with its salt, and differs each time', () => {
    const [first, second] = [commit('why'), commit('why')];
    expect(commitmentOf('why', Buffer.from(first.salt, 'base64url'))).toBe(first.commitment);
    expect(first.commitment).toMatch(/^[0-9a-f]{64}$/);
    expect(second.commitment).not.toBe(first.commitment);
  });
});
