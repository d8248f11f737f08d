/** What the decision looks at from this party's own stores, for one operation. */
import { isPooled } from '#lib/chains/account-address.ts';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { countersOf } from '#lib/protocol/decide.ts';
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import { destinationIn, spentQuestions } from '#lib/protocol/facts-of.ts';
import {
  intentDigest,
  movesCoins,
  type DestinationListingIntent,
  type Intent,
  type MovingIntent,
} from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import { endedAttempt } from './attempt.ts';
import { channelCodeFor } from './channel-code.ts';
import { keysOf, type Party } from './party.ts';
import { spendsOfPeers } from './peer-spends.ts';
import { peerStanding } from './peers.ts';
import { findDestination } from './store/destinations.ts';
import type { KeyRecord } from './store/keys.ts';
import { challengeAt, tiesOf } from './store/operations.ts';
import { spentIn, wasUsed } from './store/spends.ts';
import { revokedCredentials, standingFreezes } from './store/stops.ts';
import { waitsOf } from './store/waits.ts';
import { ownerAddress, vaultAddress } from './vault-address.ts';
import { vouchedAccount } from './vouched-account.ts';

type Held = DecideInput['party'];

function heldDestinations(party: Party, intent: Intent | null): Held['destinations'] {
  const id = intent && destinationIn(intent);
  const record = id === null ? null : findDestination(party.database, party.kek, id);
  if (!record) return [];
  const { evidence: _evidence, ...destination } = record.destination;
  return [
    {
      ...destination,
      listedAt: record.listedAt,
      removed: record.removedAt !== null,
      used: wasUsed(party.database, destination.id),
    },
  ];
}

/** Only the counters that these statements show matter to the decision. */
function seenCounters(party: Party, bundle: OperationBundle): Held['seenCounters'] {
  return countersOf(bundle.statements).flatMap(({ credential, signCount }) => {
    const challenge = challengeAt(party.database, credential, signCount);
    return challenge === null ? [] : [{ credential, signCount, challenge }];
  });
}

type Subject = { operation: string; intentDigest: string };

/** An attempt is over once someone said no to it, and once a later one was decided. */
function endedAttempts(party: Party, of: Subject): Held['endedAttempts'] {
  const attempt = endedAttempt(party, of);
  return attempt > 0 ? [{ operation: of.operation, attempt }] : [];
}

function waitsFor(party: Party, of: Subject): Held['waits'] {
  return waitsOf(party.database, of.operation)
    .filter(({ intentDigest: digest }) => digest === of.intentDigest)
    .map(({ operation, attempt, since }) => ({ operation, attempt, since }));
}

function codesFor(party: Party, { statements }: OperationBundle, of: Subject): Held['codes'] {
  const people = new Set(statements.map(({ statement }) => statement.person));
  const attempt = statements[0]?.statement.attempt ?? 1;
  return [...people].map((person) => ({
    person,
    code: channelCodeFor(party.kek, { ...of, person, attempt }),
  }));
}

/**
 * Where the account that the intent moves lies in each own vault, on chains with one for each owner; in the vault that
 * it goes to also where this party holds no share of it.
 */
function accountsFor(
  keys: readonly KeyRecord[],
  intent: MovingIntent,
  policies: readonly Policy[],
): NonNullable<Held['accounts']> {
  const owner = ownerOf(intent);
  const held = keys.flatMap((record) => {
    const address = isPooled(record.chain) ? null : ownerAddress(record, owner);
    return address === null ? [] : [{ vault: record.vault, address }];
  });
  if (intent.kind !== 'vault-transfer' || isPooled(intent.chain)) return held;
  const { vault } = intent.destination;
  if (keys.some((record) => record.vault === vault)) return held;
  const address = vouchedAccount({ vault, chain: intent.chain, owner }, policies);
  return address === null ? held : [...held, { vault, address }];
}

/** Of the client whom a listing names, and of the custodian; where change goes, too. */
function ownAddressesFor(
  keys: readonly KeyRecord[],
  { destination: { client, chain } }: DestinationListingIntent,
): string[] {
  return keys
    .filter((record) => record.chain === chain && !isPooled(chain))
    .flatMap((record) =>
      [null, client].flatMap((owner) =>
        (['receive', 'change'] as const).flatMap(
          (branch) => ownerAddress(record, owner, branch) ?? [],
        ),
      ),
    );
}

/**
 * @param bundle null where what arrived has no form; the decision then names what is wrong with it.
 * @param policies those whose windows have to be counted.
 */
export function ownFacts(
  party: Party,
  bundle: OperationBundle | null,
  policies: readonly Policy[],
): Pick<DecideInput, 'party' | 'ties'> {
  const intent = bundle?.intent ?? null;
  // A digest is worked out once: the intent of a roster change holds the whole roster.
  const of = intent && { operation: intent.operation, intentDigest: intentDigest(intent) };
  const keys = keysOf(party).filter((record) => record.state === 'usable');
  const { database, kek } = party;
  return {
    party: {
      name: party.config.name,
      group: party.config.group,
      vaults: keys.flatMap((record) => {
        const address = vaultAddress(record);
        const { vault, key, tier, chain } = record;
        return address === null ? [] : [{ id: vault, key, tier, chain, address }];
      }),
      ...(intent && movesCoins(intent) ? { accounts: accountsFor(keys, intent, policies) } : {}),
      ...(intent?.kind === 'destination-listing'
        ? { ownAddresses: ownAddressesFor(keys, intent) }
        : {}),
      destinations: heldDestinations(party, intent),
      keys: keys.map(({ key, vault, epoch, group, members }) => ({
        id: key,
        vault,
        epoch,
        threshold: group.threshold,
        parties: members.map(({ name }) => name),
      })),
      seenCounters: bundle ? seenCounters(party, bundle) : [],
      endedAttempts: of ? endedAttempts(party, of) : [],
      freezes: standingFreezes(database, kek).map(({ operation, scope }) => ({ operation, scope })),
      revokedCredentials: revokedCredentials(database, kek),
      spent:
        intent && movesCoins(intent)
          ? spentIn(database, intent, {
              questions: spentQuestions(policies, intent.asset),
              elsewhere: spendsOfPeers(party),
              now: party.now(),
            })
          : [],
      waits: of ? waitsFor(party, of) : [],
      codes: bundle && of ? codesFor(party, bundle, of) : [],
      peers: peerStanding(party),
    },
    ties: intent ? tiesOf(database, intent.operation).map((tie) => tie.conflictKey) : [],
  };
}
