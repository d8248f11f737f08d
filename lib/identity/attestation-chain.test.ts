import { describe, expect, it } from 'vitest';
import { leadsToRoot } from './attestation-chain.ts';
import { certify, toPem } from './testing/certificate.ts';

const root = certify('Root', null, true);
const between = certify('Between', root, true);
const leaf = certify('Leaf', between, false);
const direct = certify('Direct', root, false);
const otherRoot = certify('Root', null, true);
const forged = certify('Leaf', otherRoot, false);

const roots = [toPem(root.certificate)];
const now = new Date('2026-11-24T08:00:00.000Z');

describe('leadsToRoot', () => {
  it('accepts a chain that ends in a root or under one', () => {
    expect(leadsToRoot([direct.certificate], roots, now)).toBe(true);
    expect(leadsToRoot([leaf.certificate, between.certificate], roots, now)).toBe(true);
    expect(leadsToRoot([leaf.certificate, between.certificate, root.certificate], roots, now)).toBe(
      true,
    );
  });

  it('refuses a chain that only names the root', () => {
    expect(leadsToRoot([forged.certificate], roots, now)).toBe(false);
    expect(leadsToRoot([forged.certificate, otherRoot.certificate], roots, now)).toBe(false);
    expect(leadsToRoot([forged.certificate, root.certificate], roots, now)).toBe(false);
  });

  it('refuses a certificate that a mere key’s certificate issued', () => {
    const child = certify('Child', direct, false);
    expect(leadsToRoot([child.certificate, direct.certificate], roots, now)).toBe(false);
  });

  it('refuses a gap, a wrong order, an empty or overlong chain, and what is no certificate', () => {
    expect(leadsToRoot([leaf.certificate], roots, now)).toBe(false);
    expect(leadsToRoot([between.certificate, leaf.certificate], roots, now)).toBe(false);
    expect(leadsToRoot([], roots, now)).toBe(false);
    expect(
      leadsToRoot(
        Array.from({ length: 6 }, () => direct.certificate),
        roots,
        now,
      ),
    ).toBe(false);
    expect(leadsToRoot([Uint8Array.of(1, 2, 3)], roots, now)).toBe(false);
  });

  it('refuses everything outside the certificates’ time and without a root', () => {
    expect(leadsToRoot([direct.certificate], roots, new Date('2019-01-01T00:00:00.000Z'))).toBe(
      false,
    );
    expect(leadsToRoot([direct.certificate], roots, new Date('2100-01-01T00:00:00.000Z'))).toBe(
      false,
    );
    expect(leadsToRoot([direct.certificate], [], now)).toBe(false);
  });
});
