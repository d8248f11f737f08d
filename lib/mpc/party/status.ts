import { isInteractive } from '#lib/protocol/suites.ts';
import { publicKeyOf } from '../frost/group.ts';
import type { PartyStatus } from '../wire/rpc.ts';
import { lastDecision } from './last-decision.ts';
import { standingKeys, type StandingKey } from './key-standing.ts';
import { pairsOf } from './pairs.ts';
import { answer, type Answer, type Party } from './party.ts';
import { auditHead } from './store/audit.ts';
import { standingFreezes } from './store/stops.ts';
import { listWaits } from './store/waits.ts';
import { wordOf } from './own-heads.ts';
import { peersInForce } from './peer-entries.ts';
import { agrees } from './peers.ts';
import { countDestinations } from './store/destinations.ts';
import { readGenesis } from './store/trust.ts';

/** Absent for keys that sign without them. */
const pairStatus = (
  party: Party,
  { record }: StandingKey,
): Pick<PartyStatus['keys'][number], 'pairs'> =>
  isInteractive(record.suite)
    ? { pairs: pairsOf(party, record).map(({ peer, id, state }) => ({ peer, id, state })) }
    : {};

const keyStatus = ({
  record,
  state,
  epochs,
  backedUpEpoch,
}: StandingKey): PartyStatus['keys'][number] => ({
  key: record.key,
  suite: record.suite,
  publicKey: publicKeyOf(record.group),
  epoch: record.epoch,
  tier: record.tier,
  vault: record.vault,
  chain: record.chain,
  parties: record.members.map(({ name }) => name),
  threshold: record.group.threshold,
  usable: state === 'usable',
  state,
  epochs,
  backedUpEpoch,
});

const FREEZES_SHOWN = 1000;
const WAITS_SHOWN = 100;

/** What stands still or waits here, and what the party knows of the others. */
function circumstances(
  party: Party,
): Pick<PartyStatus, 'origin' | 'word' | 'peers' | 'freezes' | 'waits' | 'lastDecision'> {
  const { database, kek, peers } = party;
  return {
    origin: party.config.origin.origin,
    word: wordOf(party),
    peers: peersInForce(party).map(({ name }) => {
      const heard = peers.words.get(name);
      return {
        name,
        heardAt: heard ? new Date(heard.heardAt).toISOString() : null,
        agrees: agrees(party, name),
        clockSkewMs: heard?.clockSkew ?? null,
      };
    }),
    freezes: standingFreezes(database, kek)
      .slice(0, FREEZES_SHOWN)
      .map(({ operation, scope, frozenAt }) => ({ operation, scope, since: frozenAt })),
    waits: listWaits(database, WAITS_SHOWN).map(({ operation, kind, until }) => ({
      operation,
      kind,
      until,
    })),
    lastDecision: lastDecision(database),
  };
}

/** What the party says about itself: nothing secret, and nothing anyone has to believe. */
export function statusOf(party: Party): Answer<PartyStatus> {
  const { config, identity, trust, database } = party;
  return answer({
    name: config.name,
    group: config.group,
    mode: config.mode,
    identityKey: identity.identityKey,
    exchangeKey: identity.exchangeKey,
    genesisDigest: trust?.genesisDigest ?? null,
    offeredGenesisDigest: trust ? null : (readGenesis(database)?.digest ?? null),
    rosterVersion: trust?.roster.version ?? null,
    policyVersion: trust?.policy.version ?? null,
    rosterDigest: trust?.rosterDigest ?? null,
    policyDigest: trust?.policyDigest ?? null,
    keys: standingKeys(party).map((key) => ({ ...keyStatus(key), ...pairStatus(party, key) })),
    destinations: countDestinations(database),
    clock: party.now().toISOString(),
    heads: {
      roster: trust?.rosterHead ?? null,
      policy: trust?.policyHead ?? null,
      audit: auditHead(database),
    },
    ...circumstances(party),
  });
}
