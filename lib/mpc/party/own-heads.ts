/** What this party tells another about itself. */
import { KEYS_TOLD, signHeads, type Exchange, type SignedHeads } from '../wire/peer-heads.ts';
import { keysOf, type Party } from './party.ts';
import { standingOf } from './standing.ts';
import { latestAudit } from './store/audit.ts';
import { lastDecree } from './store/decrees.ts';
import { lastSpend } from './store/spends.ts';
import type { Trust } from './store/trust.ts';
import { waitsDigest } from './waiting-changes.ts';

const EMPTY = '0'.repeat(64);

export function wordOf({ peers }: Party): 'none-yet' | 'heard' | 'behind' {
  if (peers.behind !== null) return 'behind';
  return peers.heard ? 'heard' : 'none-yet';
}

/** Called between commits only: what is told must be on disk. */
export function ownHeads(party: Party, trust: Trust, to: string, exchange: Exchange): SignedHeads {
  const { config, database, identity, peers } = party;
  const [last] = latestAudit(database, 1);
  return signHeads(identity, {
    type: 'countersign/peer-heads/v1',
    party: config.name,
    to,
    genesisDigest: trust.genesisDigest,
    roster: { version: trust.roster.version, head: trust.rosterHead },
    policy: { version: trust.policy.version, head: trust.policyHead },
    standing: standingOf(party),
    audit: { length: last?.seq ?? 0, head: last?.hash ?? EMPTY },
    keys: keysOf(party)
      .slice(0, KEYS_TOLD)
      .map(({ key, epoch, state }) => ({ key, epoch, state })),
    decrees: lastDecree(database),
    spends: lastSpend(database),
    waits: waitsDigest(party),
    word: wordOf(party),
    acknowledged: peers.acknowledged.get(to) ?? null,
    exchange,
    clock: party.now().toISOString(),
  });
}
