import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { EnvironmentError } from './env.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/**
 * The certificates of a PEM file, each as PEM text of its own; none for no file.
 * @throws EnvironmentError when the file can't be read or holds no certificate.
 */
export function readCertificates(path: string | null): string[] {
  if (path === null) return [];
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new EnvironmentError([
      'COUNTERSIGN_ATTESTATION_ROOTS names a file that cannot be read by the web server.',
    ]);
  }
  const certificates = text.match(CERTIFICATE) ?? [];
  if (certificates.length === 0 || !certificates.every(isCertificate))
    throw new EnvironmentError([
      'COUNTERSIGN_ATTESTATION_ROOTS must name a PEM file with one or more root certificates.',
    ]);
  return certificates;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).ca;
  } catch {
    return false;
  }
}
