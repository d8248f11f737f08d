/** What production refuses although it is spelled correctly: anything that belongs to a sandbox. */
import type { ChainNodes } from './context.ts';
import { databaseFaults, type DatabaseAddress } from './env-database.ts';
import type { PartyAddress, SourceAddress } from './env-values.ts';
import { isGuessable } from './guessable.ts';
import { isLoopback } from './loopback.ts';

/** What keys say that hide their model, synced passkeys among them. */
const NO_MODEL = '00000000-0000-0000-0000-000000000000';

/** The values the rules look at; null where the process does not use the variable. */
export type ProductionFacts = {
  origin: string;
  rpId: string;
  parties: readonly PartyAddress[];
  solanaRpc: string;
  nodes: ChainNodes;
  sources: readonly SourceAddress[];
  /** Address of the data-key service, and this process's secret there under the name of its variable. */
  keys: string | null;
  keysToken: { name: string; value: string | null };
  approvedModels: readonly string[] | null;
  /** Files of makers' root certificates. */
  attestationRoots: readonly string[] | null;
  database: DatabaseAddress;
  sessionSecret: string | null;
  authUrl: string | null;
  colleagues: string | null;
};

const isPublicHost = (host: string): boolean =>
  host.includes('.') && !/^[\d.]+$/.test(host) && !isLoopback(host);

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

/** Machines that several parties would share, whatever each calls it: whoever has one has them all. */
function sharedMachineFaults({ parties }: ProductionFacts): string[] {
  const partiesOn = new Map<string, string[]>();
  for (const { name, rpc } of parties) {
    if (!rpc.startsWith('https://')) continue;
    const { hostname } = new URL(rpc);
    const machine = isLoopback(hostname) ? 'this machine' : hostname.replace(/\.$/, '');
    partiesOn.set(machine, [...(partiesOn.get(machine) ?? []), name]);
  }
  return [...partiesOn.values()].flatMap((names) =>
    names.length < 2
      ? []
      : [
          `COUNTERSIGN_PARTIES must not reach ${names.join(' and ')} on one machine: its administrator would hold enough shares to sign alone. Give each party a machine of its own.`,
        ],
  );
}

function partyFaults({ parties }: ProductionFacts): string[] {
  return parties.flatMap((party) => {
    const faults: string[] = [];
    if (!party.rpc.startsWith('https://') || !party.tls)
      faults.push(
        `COUNTERSIGN_PARTIES must reach party ${party.name} by https with "tls" (certificates on both sides) in production.`,
      );
    const { protocol, hostname } = new URL(party.origin);
    if (protocol !== 'https:' || isLoopback(hostname))
      faults.push(
        `COUNTERSIGN_PARTIES must give party ${party.name} an https origin in production.`,
      );
    return faults;
  });
}

/** A sandbox signs its facts itself; what answers in clear on the way could be held back unseen. */
function sourceFaults({ sources }: ProductionFacts): string[] {
  return sources.flatMap(({ name, url, sandboxKey }) => {
    const faults: string[] = [];
    if (!url.startsWith('https://') || isLoopback(new URL(url).hostname))
      faults.push(`COUNTERSIGN_SOURCES must reach source ${name} by https in production.`);
    if (sandboxKey !== undefined)
      faults.push(
        `COUNTERSIGN_SOURCES must give no sandboxKey for source ${name} in production: the key of a source stands in the policy.`,
      );
    return faults;
  });
}

/** Names each value that belongs to a sandbox, one sentence a fault; never the value itself. */
export function productionFaults(facts: ProductionFacts): string[] {
  const faults = [
    ...originFaults(facts),
    ...partyFaults(facts),
    ...sharedMachineFaults(facts),
    ...sourceFaults(facts),
    ...databaseFaults(facts.database),
  ];
  if (new URL(facts.solanaRpc).protocol !== 'https:')
    faults.push(
      'COUNTERSIGN_SOLANA_RPC must be an https address in production; the sandbox chain is refused.',
    );
  for (const [name, nodes] of [
    ['COUNTERSIGN_BITCOIN_NODES', facts.nodes.bitcoin],
    ['COUNTERSIGN_ETHEREUM_NODES', facts.nodes.ethereum],
  ] as const)
    if (nodes?.some((node) => !/^(?:core:|esplora:)?https:/.test(node)))
      faults.push(
        `${name} must hold https addresses in production; the sandbox chain is refused. A node without TLS stands behind a proxy with it.`,
      );
  if (facts.keys === null)
    faults.push(
      'COUNTERSIGN_KEYS must be set in production: the data-key service seals everything that is known of people, and nothing is kept without it.',
    );
  if (facts.keysToken.value === null)
    faults.push(`${facts.keysToken.name} must be set in production.`);
  else if (isGuessable(facts.keysToken.value))
    faults.push(
      `${facts.keysToken.name} must be a random secret of its own in production, not a sample or a sandbox one.`,
    );
  if (facts.approvedModels?.length === 0)
    faults.push(
      'COUNTERSIGN_APPROVED_MODELS must be set in production: the AAGUIDs of the security keys you hand out, separated by commas.',
    );
  if (facts.approvedModels?.includes(NO_MODEL))
    faults.push(
      'COUNTERSIGN_APPROVED_MODELS must not hold the AAGUID of zeros: keys of any make say that, synced passkeys among them.',
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
