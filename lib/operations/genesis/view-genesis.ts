/** Genesis as its page shows it: what founders compare, sign and have pinned. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { keyView } from '#lib/identity/key-view.ts';
import { modelName } from '#lib/identity/key-models.ts';
import { partyStatus, type PartyClient } from '#lib/mpc/client/party-client.ts';
import { operatorNames, type NameOf } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { genesisWords, keyWords, partyWords } from '#lib/protocol/fingerprints.ts';
import { genesisDocument, type GenesisDocument } from '#lib/protocol/genesis.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import { peopleMax, type RosterParty, type RosterPerson } from '#lib/protocol/roster.ts';
import { describeCaps, describeLifetimes, describeRule } from '../describe-policy.ts';
import type { ActionView } from '../view-operation.ts';
import { printEvidence } from '../print-evidence.ts';
import { listText, missingAmongFounders } from './founder-needs.ts';
import { listColdParties } from './cold-parties.ts';
import { latestGenesis } from './latest-genesis.ts';
import { viewCold, type ColdGenesis } from './view-cold.ts';

export type GenesisKeyView = {
  id: string;
  label: string;
  model: string;
  synced: boolean;
  software: boolean;
  words: string[];
};

export type GenesisPersonView = {
  id: string;
  name: string;
  roles: string[];
  group: string | null;
  keys: GenesisKeyView[];
  /** Null while this person has not signed; raw evidence exactly as recorded. */
  signature: { at: string; keyLabel: string; document: string; assertion: string } | null;
};

export type GenesisPartyState =
  | 'pinned'
  | 'offered'
  | 'waits'
  | 'differs'
  | 'away'
  | 'away-as-meant'
  /** Without a network: nothing is known of it here but what people brought. */
  | 'cold';

export type GenesisPartyView = {
  name: string;
  group: string | null;
  identityKey: string | null;
  /** Fingerprint of its name, group and keys, as its own page shows it; null while nothing says them. */
  words: string[] | null;
  /** Where people reach the party itself; null when the console knows no address of it. */
  origin: string | null;
  state: GenesisPartyState;
};

export type GenesisView = {
  state: 'none' | 'collecting' | 'signed' | 'pinned';
  mode: 'sandbox' | 'production';
  organisation: string;
  document: {
    digest: string;
    words: string[];
    /** Canonical text: its SHA-256 is the digest. */
    text: string;
    /** False when the stored digest is not the digest of the stored document. */
    digestHolds: boolean;
    relyingParty: string;
    origins: string[];
    drawnUpAt: string;
    pinnedAt: string | null;
    rules: { name: string; sentence: string }[];
    caps: string[];
    lifetimes: string[];
  } | null;
  /** The founders in the document, or before there is one those who have registered. */
  people: GenesisPersonView[];
  /** Names of founders who registered after the document was drawn up. */
  newcomers: string[];
  /** Names of founders who are in the document and were taken out since. */
  leavers: string[];
  /** Names of those invited who have not registered yet. */
  invited: string[];
  /** False until the first key ceremony is done. */
  hasVault: boolean;
  parties: GenesisPartyView[];
  cold: ColdGenesis;
  sign: ActionView;
  drawUp: ActionView;
};

type Row = NonNullable<Awaited<ReturnType<typeof latestGenesis>>>;
type Founder = Prisma.OperatorGetPayload<{ include: { credentials: true } }>;

export async function viewGenesis(
  actor: Actor,
  parties: readonly PartyClient[],
  context: Context,
): Promise<Result<GenesisView>> {
  const refused = lacksScope(actor, 'operator:read');
  if (refused) return refused;
  const row = await latestGenesis(context.db);
  const document = row && genesisDocument.parse(JSON.parse(row.document));
  const nameOf = await operatorNames(context.db);
  const [people, everybody, partyViews, rosterExists, vault, coldRows] = await Promise.all([
    row && document ? viewSigners(row, document, nameOf, context) : viewFounders(nameOf, context),
    context.db.operator.findMany({
      select: { id: true, roles: true, group: true, status: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: peopleMax,
    }),
    viewParties(parties, document, row?.digest ?? null),
    context.db.rosterVersion.findFirst({ select: { version: true } }),
    context.db.vault.findFirst({ select: { id: true } }),
    listColdParties(context.db),
  ]);
  const isOver = rosterExists !== null;
  const inDocument = new Set(document?.roster.people.map(({ id }) => id));
  const named = (fits: (person: (typeof everybody)[number]) => boolean): string[] =>
    isOver ? [] : everybody.filter(fits).map(({ id }) => nameOf(id));
  const leavers = named(({ id, status }) => status !== 'pending' && inDocument.has(id));
  const registered = everybody.filter(({ status }) => status === 'pending');
  return ok({
    state: (row?.state ?? 'none') as GenesisView['state'],
    mode: context.settings.mode,
    organisation: document?.organisation ?? context.settings.organisation,
    document: row && document && viewDocument(row, document),
    people,
    newcomers: row ? named(({ id, status }) => status === 'pending' && !inDocument.has(id)) : [],
    leavers,
    invited: named(({ status }) => status === 'invited'),
    hasVault: vault !== null,
    parties: partyViews,
    cold: viewCold(actor, { rows: coldRows, document, state: row?.state ?? 'none' }, context),
    sign: maySign(actor, row, people, leavers),
    drawUp: mayDrawUp(actor, isOver, partyViews, missingAmongFounders(registered)),
  });
}

function viewDocument(row: Row, document: GenesisDocument): GenesisView['document'] {
  const { roster, policy } = document;
  return {
    digest: row.digest,
    words: genesisWords(row.digest),
    text: row.document,
    digestHolds: digestOf(document) === row.digest,
    relyingParty: roster.relyingParty.id,
    origins: roster.relyingParty.origins,
    drawnUpAt: row.createdAt.toISOString(),
    pinnedAt: row.pinnedAt?.toISOString() ?? null,
    rules: policy.rules.map((rule) => ({ name: rule.name, sentence: describeRule(rule) })),
    caps: describeCaps(policy.caps),
    lifetimes: describeLifetimes(policy),
  };
}

async function viewFounders(nameOf: NameOf, context: Context): Promise<GenesisPersonView[]> {
  const founders = await context.db.operator.findMany({
    where: { status: 'pending' },
    include: {
      credentials: { where: { status: { not: 'revoked' } }, orderBy: { createdAt: 'asc' } },
    },
    orderBy: { createdAt: 'asc' },
  });
  return founders.map((founder) => ({
    id: founder.id,
    name: nameOf(founder.id),
    roles: founder.roles,
    group: founder.group,
    keys: founder.credentials.map(keyView),
    signature: null,
  }));
}

/** Roles, group and keys are the document's; only names and labels come from elsewhere. */
async function viewSigners(
  row: Row,
  { roster }: GenesisDocument,
  nameOf: NameOf,
  context: Context,
): Promise<GenesisPersonView[]> {
  const [founders, statements] = await Promise.all([
    context.db.operator.findMany({
      where: { id: { in: roster.people.map(({ id }) => id) } },
      include: { credentials: true },
    }),
    context.db.genesisStatement.findMany({ where: { digest: row.digest } }),
  ]);
  return roster.people.map((person) => {
    const founder = founders.find(({ id }) => id === person.id);
    const statement = statements.find(({ personId }) => personId === person.id);
    const keys = person.credentials.map((key) => viewKey(key, founder));
    const pressed = keys.find(({ id }) => id === credentialOf(statement?.assertion));
    return {
      id: person.id,
      name: nameOf(person.id),
      roles: person.roles,
      group: person.group,
      keys,
      signature: statement
        ? {
            at: statement.recordedAt.toISOString(),
            keyLabel: pressed?.label ?? 'unknown key',
            document: statement.document,
            assertion: printEvidence(statement.assertion),
          }
        : null,
    };
  });
}

function credentialOf(assertion: Prisma.JsonValue | undefined): string | null {
  if (typeof assertion !== 'object' || assertion === null || Array.isArray(assertion)) return null;
  return typeof assertion['id'] === 'string' ? assertion['id'] : null;
}

function viewKey(
  key: RosterPerson['credentials'][number],
  founder: Founder | undefined,
): GenesisKeyView {
  const known = founder?.credentials.find(({ id }) => id === key.id);
  return {
    id: key.id,
    label: known?.label ?? 'Key without a name here',
    model: known ? modelName(known.aaguid) : 'Model not on record',
    synced: key.backupEligible,
    software: key.software,
    words: keyWords(new Uint8Array(Buffer.from(key.publicKey, 'base64url'))),
  };
}

async function viewParties(
  parties: readonly PartyClient[],
  document: GenesisDocument | null,
  digest: string | null,
): Promise<GenesisPartyView[]> {
  const asked = await Promise.all(
    parties.map(async (party) => ({ party, answer: await partyStatus(party) })),
  );
  const names = new Set([
    ...(document?.roster.parties.map(({ name }) => name) ?? []),
    ...parties.map(({ name }) => name),
  ]);
  return [...names].map((name) => {
    const signed = document?.roster.parties.find((entry) => entry.name === name);
    const found = asked.find(({ party }) => party.name === name);
    const live = found?.answer.ok ? found.answer.value : null;
    return {
      name,
      group: signed?.group ?? live?.group ?? null,
      identityKey: signed?.identityKey ?? live?.identityKey ?? null,
      words: wordsOf(signed ?? live),
      origin: found?.party.origin ?? null,
      state:
        signed?.cold === true
          ? 'cold'
          : partyState(live, signed, digest, found?.party.expected ?? 'online'),
    };
  });
}

const wordsOf = (party: Omit<RosterParty, 'index'> | null): string[] | null =>
  party && partyWords(party);

type Live = Extract<Awaited<ReturnType<typeof partyStatus>>, { ok: true }>['value'];

function partyState(
  live: Live | null,
  signed: { identityKey: string; exchangeKey: string } | undefined,
  digest: string | null,
  expected: 'online' | 'offline',
): GenesisPartyState {
  if (!live) return expected === 'offline' ? 'away-as-meant' : 'away';
  const isOther =
    signed !== undefined &&
    (signed.identityKey !== live.identityKey || signed.exchangeKey !== live.exchangeKey);
  if (isOther || (live.genesisDigest !== null && live.genesisDigest !== digest)) return 'differs';
  if (live.genesisDigest !== null) return 'pinned';
  return digest !== null && live.offeredGenesisDigest === digest ? 'offered' : 'waits';
}

function maySign(
  actor: Actor,
  row: Row | null,
  people: readonly GenesisPersonView[],
  leavers: readonly string[],
): ActionView {
  if (row?.state !== 'collecting')
    return { allowed: false, sentence: 'No genesis document waits for signatures.' };
  if (leavers.length > 0)
    return {
      allowed: false,
      sentence: 'A founder in this document was taken out. Have it drawn up again.',
    };
  const own = people.find(({ id }) => id === actor.personId);
  if (!own)
    return {
      allowed: false,
      sentence: 'You are not in this document. Have it drawn up again to be included.',
    };
  if (own.signature)
    return {
      allowed: false,
      sentence: 'You have signed. The document now waits for the other founders.',
    };
  return { allowed: true };
}

function mayDrawUp(
  actor: Actor,
  isOver: boolean,
  parties: readonly GenesisPartyView[],
  missing: readonly string[],
): ActionView {
  if (isOver)
    return {
      allowed: false,
      sentence: 'Genesis is finished. People join through roster operations now.',
    };
  if (!actor.scopes.has('roster:raise'))
    return { allowed: false, sentence: 'An officer or an administrator draws up the document.' };
  if (parties.some(({ state }) => state === 'pinned' || state === 'differs'))
    return {
      allowed: false,
      sentence: 'A party has pinned a genesis document already. It stays as it is.',
    };
  if (missing.length > 0)
    return {
      allowed: false,
      sentence: `Still missing among those who have registered: ${listText(missing)}.`,
    };
  return { allowed: true };
}
