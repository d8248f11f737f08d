/** What an adopted operation changes in this party's own records. Joins the caller's commit. */
import { digestOf, type Adoptable } from '#lib/protocol/intent.ts';
import type { Decided } from './make-decision.ts';
import type { Party } from './party.ts';
import { appendDecree } from './store/decrees.ts';
import { listDestination, removeDestination } from './store/destinations.ts';
import { addFreeze, addRevocations, releaseFreeze } from './store/stops.ts';
import { appendVersion, type Trust } from './store/trust.ts';
import { forgetWaits } from './store/waits.ts';

function applyTo(
  party: Party,
  trust: Trust,
  { digest, bundle }: Decided,
  of: Adoptable,
  since: Date,
): void {
  const { database, kek } = party;
  const at = party.now();
  const origin = { operation: of.operation, intentDigest: digest };
  switch (of.kind) {
    case 'roster-change':
    case 'policy-change': {
      const isRoster = of.kind === 'roster-change';
      const document = isRoster ? of.roster : of.policy;
      const { version } = document;
      const kind = isRoster ? ('roster' as const) : ('policy' as const);
      const entry = { kind, version, digest: digestOf(document), document, bundle, ...origin };
      const head = isRoster ? trust.rosterHead : trust.policyHead;
      appendVersion(database, kek, entry, head, at);
      return;
    }
    case 'destination-listing':
      listDestination(database, kek, { ...origin, destination: of.destination }, since);
      return;
    case 'destination-removal':
      removeDestination(database, kek, of.destination, at);
      return;
    case 'freeze':
      addFreeze(database, kek, { ...origin, scope: of.scope }, at);
      return;
    case 'release':
      releaseFreeze(database, kek, of.freeze, of.operation, at);
      return;
    case 'revocation': {
      const person = trust.roster.people.find(({ id }) => id === of.person);
      const credentials =
        of.credential === null ? (person?.credentials.map(({ id }) => id) ?? []) : [of.credential];
      addRevocations(
        database,
        kek,
        { credentials, person: of.person, operation: of.operation },
        at,
      );
    }
  }
}

/**
 * Applies what was decided and keeps it for the other parties to read.
 * @param since from when a destination cools down: now, or earlier by the word of other parties.
 */
export function applyDecree(
  party: Party,
  trust: Trust,
  decided: Decided,
  of: Adoptable,
  since: Date,
): void {
  applyTo(party, trust, decided, of, since);
  appendDecree(
    party.database,
    {
      kind: of.kind,
      operation: of.operation,
      intentDigest: decided.digest,
      attempt: decided.attempt,
      document: decided.bundle,
    },
    party.now(),
  );
  forgetWaits(party.database, of.operation, decided.digest);
}
