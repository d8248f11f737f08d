import { describe, expect, it } from 'vitest';
import { keyWords } from '#lib/protocol/fingerprints.ts';
import { keyView } from './key-view.ts';

const publicKey = Uint8Array.from({ length: 77 }, (_, index) => index);

describe('keyView', () => {
  it('leaves the key itself and its counter out', () => {
    const view = keyView({
      id: 'abc',
      label: 'Blue key',
      status: 'active',
      backupEligible: true,
      software: false,
      aaguid: 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd',
      publicKey,
      createdAt: new Date('2026-11-24T08:00:00.000Z'),
      lastUsedAt: null,
    });
    expect(view).toEqual({
      id: 'abc',
      label: 'Blue key',
      status: 'active',
      synced: true,
      software: false,
      aaguid: 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd',
      model: 'Apple Passwords',
      words: keyWords(publicKey),
      createdAt: '2026-11-24T08:00:00.000Z',
      lastUsedAt: null,
    });
  });
});
