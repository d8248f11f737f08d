/** Operations that go by trips to cold parties, for their desk. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { assetFacts } from '#lib/chains/assets.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { intent as intentSchema, type Intent } from '#lib/protocol/intent.ts';
import { coinKinds, intentKind, isCoinKind } from '#lib/protocol/intent-kinds.ts';
import { isKeyLife, keyLifeKinds, keyWorkers } from '../keys/key-workers.ts';
import { kindFacts } from '../kinds.ts';
import { finalStates } from '../states.ts';
import { loadTrust } from '../trust.ts';
import { splitMembers } from './cold-members.ts';
import { documentLine, stageOf } from './read-trips.ts';
import { stageWords, type TripStage } from './trip-stage.ts';

export type TripLine = {
  operation: string;
  number: string;
  kindName: string;
  amount: string | null;
  asset: string | null;
  /** Name or id of the cold vault. */
  vault: string;
  stage: TripStage;
  words: string;
  /** When the trip ends by itself, while documents are out. */
  expiresAt: string | null;
};

export type TripsView = {
  open: TripLine[];
  ended: TripLine[];
  /** Names of the cold parties of the roster. */
  coldParties: string[];
};

/** More than a custodian has cold vaults. */
const vaultsMax = 1_000;
const openMax = 200;
const endedMax = 20;
/** A trip has at most 99 steps, each with a document to each cold party of one key. */
const documentsMax = 500;

const include = {
  coldTrips: {
    orderBy: { orderedAt: 'desc' },
    take: 1,
    include: { documents: { orderBy: { id: 'asc' }, take: documentsMax, select: documentLine } },
  },
} as const satisfies Prisma.OperationInclude;
type Row = Prisma.OperationGetPayload<{ include: typeof include }>;

export async function listTrips(actor: Actor, context: Context): Promise<Result<TripsView>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const { db } = context;
  const trust = await loadTrust(db);
  const parties = trust?.roster.parties ?? [];
  const everyone = splitMembers(
    { parties },
    parties.map(({ name }) => name),
  );
  const vaults = await db.vault.findMany({
    where: { key: { parties: { hasSome: everyone.cold } } },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
    take: vaultsMax,
  });
  const open = await db.operation.findMany({
    where: {
      state: { notIn: [...finalStates, 'signed', 'broadcast'] },
      OR: [
        {
          kind: { in: [...coinKinds, 'proof-of-control'] },
          vaultId: { in: vaults.map(({ id }) => id) },
        },
        { kind: { in: ['key-ceremony', ...keyLifeKinds] } },
      ],
    },
    orderBy: [{ stateChangedAt: 'asc' }, { id: 'asc' }],
    take: openMax,
    include,
  });
  const ended = await db.operation.findMany({
    where: { state: { in: [...finalStates, 'signed', 'broadcast'] }, coldTrips: { some: {} } },
    orderBy: [{ stateChangedAt: 'desc' }, { id: 'asc' }],
    take: endedMax,
    include,
  });
  const nameOf = new Map(vaults.map(({ id, name }) => [id, shownText(name)]));
  const lineOf = (row: Row): TripLine[] => {
    const intent = intentSchema.parse(JSON.parse(row.intent));
    const workers = membersOf(intent);
    const isCold = workers === null || splitMembers({ parties }, workers).cold.length > 0;
    return isCold ? [tripLine(row, nameOf)] : [];
  };
  return ok({
    open: open.flatMap(lineOf),
    ended: ended.flatMap(lineOf),
    coldParties: everyone.cold,
  });
}

/** Who works on a key; null for what is told by its vault. */
function membersOf(intent: Intent): readonly string[] | null {
  if (isKeyLife(intent)) return keyWorkers(intent);
  return intent.kind === 'key-ceremony' ? intent.parties : null;
}

function tripLine(row: Row, nameOf: ReadonlyMap<string, string>): TripLine {
  const trip = row.coldTrips.find(({ attempt }) => attempt === row.attempt) ?? null;
  const { stage, open } = stageOf(row, trip);
  const { vaultId, asset, amount } = row;
  const out = stage === 'carry' ? trip?.documents.find(({ takenAt }) => takenAt === null) : null;
  return {
    operation: row.id,
    number: row.number,
    kindName: kindFacts[intentKind.parse(row.kind)].name,
    amount:
      amount !== null && asset !== null
        ? formatAmount(unitsOf(amount), assetFacts(asset).decimals)
        : null,
    asset,
    vault: vaultId === null ? '' : (nameOf.get(vaultId) ?? vaultId),
    stage,
    words: stageWords(stage, open, isCoinKind(intentKind.parse(row.kind)) ? 'Signed' : 'Done'),
    expiresAt: out ? endOf(out.expiresAt, row).toISOString() : null,
  };
}

/** What brings news would live longer than the withdrawal that it is for. */
const endOf = (document: Date, row: { kind: string; expiresAt: Date }): Date =>
  isCoinKind(intentKind.parse(row.kind)) && row.expiresAt < document ? row.expiresAt : document;
