/**
 * Whether an attestation leads to a maker that is trusted here. The library that verifies the
 * attestation's signature skips this where it has no trust anchors, and has none for `packed`.
 */
import { X509Certificate } from 'node:crypto';

/** A maker's chain has a leaf, at most a few intermediates and perhaps the root itself. */
const chainMax = 5;

function read(der: Uint8Array | string): X509Certificate | null {
  try {
    return new X509Certificate(typeof der === 'string' ? der : Buffer.from(der));
  } catch {
    return null;
  }
}

const isValidAt = (certificate: X509Certificate, now: Date): boolean =>
  certificate.validFromDate <= now && now <= certificate.validToDate;

const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

/**
 * @param x5c certificates as the key sent them, the attestation's own first, in DER.
 * @param roots certificates of the makers, in PEM. Without one nothing is trusted.
 */
export function leadsToRoot(
  x5c: readonly Uint8Array[],
  roots: readonly string[],
  now: Date,
): boolean {
  if (x5c.length === 0 || x5c.length > chainMax) return false;
  const chain = x5c.map(read);
  const anchors = roots.map(read).filter((root) => root !== null);
  let last: X509Certificate | null = null;
  for (const certificate of chain) {
    if (!certificate || !isValidAt(certificate, now)) return false;
    if (last && !isIssuedBy(last, certificate)) return false;
    last = certificate;
  }
  if (!last) return false;
  const top = last;
  return anchors.some(
    (anchor) => isValidAt(anchor, now) && (anchor.raw.equals(top.raw) || isIssuedBy(top, anchor)),
  );
}
