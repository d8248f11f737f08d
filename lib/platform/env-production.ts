/** What production refuses although it is spelled correctly: anything that belongs to a sandbox. */
import type { PartyAddress } from './env-values.ts';

/** Secrets that the sandbox generates start with this; they lie in a file without further protection. */
const SANDBOX_MARK = 'sandbox-';
const COMMON_SECRETS =
  /^(?:(?:change|replace)[-_ ]?me|secret|password|example|test|default|insecure)/i;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** The values the rules look at; null where the process does not use the variable. */
export type ProductionFacts = {
  origin: string;
  rpId: string;
  parties: readonly PartyAddress[];
  solanaRpc: string;
  approvedModels: readonly string[] | null;
  /** Files of makers' root certificates. */
  attestationRoots: readonly string[] | null;
  database: { name: string; url: string };
  sessionSecret: string | null;
  authUrl: string | null;
  colleagues: string | null;
};

const isPublicHost = (host: string): boolean =>
  host.includes('.') && !/^[\d.]+$/.test(host) && !LOOPBACK.has(host);

function originFaults({ origin, rpId }: ProductionFacts): string[] {
  const url = new URL(origin);
  const faults: string[] = [];
  if (url.protocol !== 'https:' || !isPublicHost(url.hostname))
    faults.push(
      'COUNTERSIGN_ORIGIN must be an https origin with a host name of its own in production.',
    );
  if (!isPublicHost(rpId) || (url.hostname !== rpId && !url.hostname.endsWith(`.${rpId}`)))
    faults.push(
      'COUNTERSIGN_RP_ID must be the host name of COUNTERSIGN_ORIGIN or a domain above it.',
    );
  return faults;
}

function partyFaults({ parties }: ProductionFacts): string[] {
  return parties.flatMap((party) => {
    const faults: string[] = [];
    if (!party.rpc.startsWith('https://') || !party.tls)
      faults.push(
        `COUNTERSIGN_PARTIES must reach party ${party.name} by https with "tls" (certificates on both sides) in production.`,
      );
    const { protocol, hostname } = new URL(party.origin);
    if (protocol !== 'https:' || LOOPBACK.has(hostname))
      faults.push(
        `COUNTERSIGN_PARTIES must give party ${party.name} an https origin in production.`,
      );
    return faults;
  });
}

function isGuessable(secret: string): boolean {
  return (
    secret.startsWith(SANDBOX_MARK) || COMMON_SECRETS.test(secret) || new Set(secret).size < 12
  );
}

function databaseFaults({ database }: ProductionFacts): string[] {
  const url = new URL(database.url);
  const faults: string[] = [];
  if (url.password !== '' && isSandboxSecret(url.password))
    faults.push(`${database.name} must not hold a password that a sandbox generated.`);
  const isLocal = url.hostname === '' || LOOPBACK.has(url.hostname);
  if (!isLocal && url.searchParams.get('sslmode') !== 'verify-full')
    faults.push(
      `${database.name} must end in ?sslmode=verify-full for a database on another machine.`,
    );
  return faults;
}

const isSandboxSecret = (encoded: string): boolean =>
  decodeURIComponent(encoded).startsWith(SANDBOX_MARK);

/** Names each value that belongs to a sandbox, one sentence a fault; never the value itself. */
export function productionFaults(facts: ProductionFacts): string[] {
  const faults = [...originFaults(facts), ...partyFaults(facts), ...databaseFaults(facts)];
  if (new URL(facts.solanaRpc).protocol !== 'https:')
    faults.push(
      'COUNTERSIGN_SOLANA_RPC must be an https address in production; the sandbox chain is refused.',
    );
  if (facts.approvedModels?.length === 0)
    faults.push(
      'COUNTERSIGN_APPROVED_MODELS must be set in production: the AAGUIDs of the security keys you hand out, separated by commas.',
    );
  if (facts.attestationRoots?.length === 0)
    faults.push(
      'COUNTERSIGN_ATTESTATION_ROOTS must be set in production: without the makers’ root certificates anybody could pass a program off as a security key.',
    );
  if (facts.sessionSecret !== null && isGuessable(facts.sessionSecret))
    faults.push(
      'NEXTAUTH_SECRET must be a random secret of its own in production, not a sample or a sandbox one.',
    );
  if (facts.authUrl !== null && facts.authUrl !== facts.origin)
    faults.push('NEXTAUTH_URL must be the same as COUNTERSIGN_ORIGIN.');
  if (facts.colleagues !== null)
    faults.push(
      'COUNTERSIGN_COLLEAGUES must not be set in production: sample colleagues exist in the sandbox only.',
    );
  return faults;
}
