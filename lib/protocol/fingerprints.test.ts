import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyWords, partyWords } from './fingerprints.ts';
import { digestWords } from './words.ts';

describe('keyWords', () => {
  const publicKey = Uint8Array.from({ length: 77 }, (_, index) => index);

  it('are the words of the SHA-256 of the public key', () => {
    const digest = createHash('sha256').update(publicKey).digest('hex');
    expect(keyWords(publicKey)).toEqual(digestWords(digest));
  });

  it('differ for a key that differs in one bit', () => {
    const other = Uint8Array.from(publicKey, (byte, index) => (index === 76 ? byte ^ 1 : byte));
    expect(keyWords(other)).not.toEqual(keyWords(publicKey));
  });
});

describe('partyWords', () => {
  const party = {
    name: 'control',
    group: 'control',
    identityKey: '11'.repeat(32),
    exchangeKey: '22'.repeat(32),
  } as const;

  it('are those of the canonical text that others can make for themselves', () => {
    const text = `{"exchangeKey":"${party.exchangeKey}","group":"control","identityKey":"${party.identityKey}","name":"control"}`;
    expect(partyWords(party)).toEqual(digestWords(createHash('sha256').update(text).digest('hex')));
  });

  it('differ when either key, the name or the group differs', () => {
    const others = [
      { ...party, name: 'other' },
      { ...party, group: 'custody' as const },
      { ...party, identityKey: '12'.repeat(32) },
      { ...party, exchangeKey: '12'.repeat(32) },
    ];
    for (const other of others) expect(partyWords(other)).not.toEqual(partyWords(party));
  });

  it('do not count where in the roster the party stands', () => {
    const entry = { ...party, index: 3 };
    expect(partyWords(entry)).toEqual(partyWords(party));
  });
});
