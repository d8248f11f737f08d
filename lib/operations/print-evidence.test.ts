import { describe, expect, it } from 'vitest';
import { printEvidence } from './print-evidence.ts';

const assertion = {
  id: 'AAAA',
  rawId: 'AAAA',
  type: 'public-key',
  response: { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' },
  clientExtensionResults: {},
};

describe('printed evidence', () => {
  it('is the whole of an ordinary key press, exactly as recorded', () => {
    expect(JSON.parse(printEvidence(assertion))).toEqual(assertion);
  });

  it('is whole for a key press with the longest fields there can be', () => {
    const longest = {
      ...assertion,
      id: 'A'.repeat(1400),
      rawId: 'A'.repeat(1400),
      response: {
        clientDataJSON: 'A'.repeat(4096),
        authenticatorData: 'A'.repeat(4096),
        signature: 'A'.repeat(4096),
        userHandle: 'A'.repeat(4096),
      },
    };
    expect(JSON.parse(printEvidence(longest))).toEqual(longest);
  });

  it('stays short for a row with thousands of nested levels', () => {
    let deep = {};
    for (let level = 0; level < 9_000; level += 1) deep = { a: deep };
    const text = printEvidence({ ...assertion, clientExtensionResults: deep });
    expect(text.length).toBeLessThan(1_000);
    expect(text).toContain('…');
  });

  it('stays short for a row with thousands of values, and says that there is more', () => {
    const wide = Array.from({ length: 20_000 }, () => [0]);
    const text = printEvidence({ ...assertion, clientExtensionResults: { wide } });
    expect(text.length).toBeLessThan(24_100);
    expect(text).toMatch(/more characters are on record\)$/);
  });
});
