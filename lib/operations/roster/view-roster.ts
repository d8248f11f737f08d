/** The roster in force, as the page shows it: who may do what, until when, and by which keys. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { keyWords, partyWords } from '#lib/protocol/fingerprints.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import type { Group, Role, Roster, RosterPerson } from '#lib/protocol/roster.ts';
import { digestWords } from '#lib/protocol/words.ts';
import { beforeGenesis } from '../prepare-raise.ts';
import { seatAt } from '../seats.ts';
import { loadTrust } from '../trust.ts';
import { loadWaitingChanges, type OperationLine, type WaitingChange } from '../waiting-changes.ts';
import type { StandsInFor } from '../viewer-seat.ts';

export type RosterKeyView = {
  id: string;
  /** As its holder named it here; null for a key that the console has no record of. */
  label: string | null;
  /** Fingerprint of the public key. */
  words: string[];
  notAfter: string | null;
  isRevoked: boolean;
};

type Named = { id: string; name: string };

export type RosterPersonView = Named & {
  roles: Role[];
  /** Their own group. */
  group: Group | null;
  /** Set while a delegation lets them state for another's group. */
  standsInFor: (StandsInFor & { group: Group }) | null;
  /** End of everything granted to them; null for none. */
  notAfter: string | null;
  keys: RosterKeyView[];
};

export type DelegationView = {
  from: Named;
  to: Named;
  group: Group | null;
  notAfter: string;
  /** Ended ones stay until somebody takes them out: the two still count as one voice. */
  isOver: boolean;
};

export type CustodiansView = {
  id: string;
  party: string;
  threshold: number;
  publicKey: string;
  custodians: Named[];
};

export type RosterPartyView = {
  name: string;
  group: Group;
  isCold: boolean;
  /** Fingerprint over its name, its group and both its keys. */
  words: string[];
  identityKey: string;
  exchangeKey: string;
  origin: string | null;
};

export type RosterView = {
  version: number;
  digest: string;
  words: string[];
  /** ISO instant. */
  since: string;
  /** Null for the version of genesis. */
  operation: OperationLine | null;
  /** By name, so that somebody is found: the document itself orders them by id. */
  people: RosterPersonView[];
  delegations: DelegationView[];
  custodians: CustodiansView[];
  parties: RosterPartyView[];
  waiting: WaitingChange[];
  canChange: boolean;
};

type Names = (person: string) => string;

async function loadLabels(db: Database, roster: Roster): Promise<ReadonlyMap<string, string>> {
  const ids = roster.people.flatMap(({ credentials }) => credentials.map(({ id }) => id));
  const rows = await db.credential.findMany({
    where: { id: { in: ids } },
    select: { id: true, label: true },
    // One row for each at most, and a roster is bounded.
    take: ids.length,
  });
  return new Map(rows.map(({ id, label }) => [id, shownText(label)]));
}

function viewPerson(
  person: RosterPerson,
  of: { roster: Roster; at: Date; nameOf: Names; labels: ReadonlyMap<string, string> },
): RosterPersonView {
  const { group, standsInFor } = seatAt(of.roster, person.id, of.at.getTime());
  return {
    id: person.id,
    name: of.nameOf(person.id),
    roles: person.roles,
    group: person.group,
    standsInFor:
      standsInFor && group
        ? { name: of.nameOf(standsInFor.person), until: standsInFor.until, group }
        : null,
    notAfter: person.notAfter ?? null,
    keys: person.credentials.map((key) => ({
      id: key.id,
      label: of.labels.get(key.id) ?? null,
      words: keyWords(new Uint8Array(Buffer.from(key.publicKey, 'base64url'))),
      notAfter: key.notAfter,
      isRevoked: key.revokedAt !== null,
    })),
  };
}

const viewParty = (party: Roster['parties'][number]): RosterPartyView => ({
  name: party.name,
  group: party.group,
  isCold: party.cold === true,
  words: partyWords(party),
  identityKey: party.identityKey,
  exchangeKey: party.exchangeKey,
  origin: party.origin ?? null,
});

function viewArrangements(roster: Roster, nameOf: Names, at: Date) {
  const groups = new Map(roster.people.map(({ id, group }) => [id, group]));
  const named = (id: string): Named => ({ id, name: nameOf(id) });
  return {
    delegations: (roster.delegations ?? []).map(({ from, to, notAfter }) => ({
      from: named(from),
      to: named(to),
      group: groups.get(from) ?? null,
      notAfter,
      isOver: Date.parse(notAfter) <= at.getTime(),
    })),
    custodians: (roster.backups ?? []).map(({ custodians, ...group }) => ({
      ...group,
      custodians: custodians.map(named),
    })),
  };
}

export async function viewRoster(actor: Actor, context: Context): Promise<Result<RosterView>> {
  const refused = lacksScope(actor, 'operator:read');
  if (refused) return refused;
  const { db } = context;
  const at = context.clock();
  const trust = await loadTrust(db);
  if (!trust) return beforeGenesis();
  const { roster, rosterDigest } = trust;
  const nameOf = await operatorNames(db);
  const [row, labels, waiting] = await Promise.all([
    db.rosterVersion.findUniqueOrThrow({ where: { version: roster.version } }),
    loadLabels(db, roster),
    loadWaitingChanges('roster-change', db, nameOf, { roster, at }),
  ]);
  const operation =
    row.operationId === null
      ? null
      : await db.operation.findUnique({
          where: { id: row.operationId },
          select: { id: true, number: true },
        });
  return ok({
    version: roster.version,
    digest: rosterDigest,
    words: digestWords(rosterDigest),
    since: row.adoptedAt.toISOString(),
    operation,
    people: roster.people
      .map((person) => viewPerson(person, { roster, at, nameOf, labels }))
      .toSorted((one, other) => one.name.localeCompare(other.name, 'en')),
    ...viewArrangements(roster, nameOf, at),
    parties: roster.parties.map(viewParty),
    waiting,
    canChange: actor.scopes.has('roster:raise'),
  });
}
