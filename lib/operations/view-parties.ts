/** The parties' page: what each said about itself when the worker asked last. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import { refusalSentence } from '#lib/mpc/client/refusal-sentence.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { freezeScope } from '#lib/protocol/stop-intents.ts';
import { heldPair } from './keys/key-reports.ts';
import { loadTrust } from './trust.ts';
import { viewLastDecision, type LastDecision } from './view-last-decision.ts';

/** Taken as far as it is understood: a newer party may say more, an older one less. */
const statusShape = z.looseObject({
  genesisDigest: z.string().nullable().default(null),
  rosterVersion: z.number().nullable().default(null),
  policyVersion: z.number().nullable().default(null),
  heads: z
    .looseObject({
      roster: z.string().nullable().default(null),
      policy: z.string().nullable().default(null),
      audit: z.string().nullable().default(null),
    })
    .default({ roster: null, policy: null, audit: null }),
  clock: z.string().nullable().default(null),
  destinations: z.number().nullable().default(null),
  keys: z
    .array(
      z.looseObject({
        key: z.string(),
        vault: z.string(),
        tier: z.string(),
        epoch: z.number(),
        usable: z.boolean(),
        state: z.string().default('usable'),
        backedUpEpoch: z.number().nullable().default(null),
        pairs: z.array(heldPair).max(16).nullable().catch(null).default(null),
      }),
    )
    .default([]),
  waits: z
    .array(z.looseObject({ operation: z.string(), kind: z.string(), until: z.string() }))
    .default([]),
  freezes: z
    .array(
      z.looseObject({
        operation: z.string(),
        since: z.string(),
        scope: freezeScope.nullable().catch(null),
      }),
    )
    .default([]),
  peers: z
    .array(
      z.looseObject({
        name: z.string(),
        heardAt: z.string().nullable().default(null),
        agrees: z.boolean().nullable().default(null),
        clockSkewMs: z.number().nullable().default(null),
      }),
    )
    .default([]),
  word: z.string().nullable().default(null),
  lastDecision: z
    .looseObject({
      at: z.string(),
      event: z.string(),
      operation: z.string().nullable().default(null),
      refusal: z.string().nullable().default(null),
    })
    .nullable()
    .default(null),
});
const reportShape = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), status: statusShape }),
  z.object({ ok: z.literal(false), refusal: z.string() }),
]);

export type PartyStatusView = z.infer<typeof statusShape>;

export type PartyView = {
  name: string;
  /** As the roster in force says; null for a party that is not in it. */
  group: string | null;
  isCold: boolean;
  /** Where people reach the party itself; null for one that the console does not know. */
  origin: string | null;
  expected: 'online' | 'offline';
  /** ISO instant of the report; null while there is none. */
  reportedAt: string | null;
  /** Null while the party does not answer. */
  status: PartyStatusView | null;
  /** Why there is no status. */
  sentence: string | null;
  /** Its clock minus ours when it answered, in milliseconds. */
  clockSkewMs: number | null;
  /** Versions in force here that the party has not reached. */
  isBehind: boolean;
  /** Null where it has decided on nothing lately. */
  lastDecision: LastDecision | null;
};

export type PartiesView = {
  rosterVersion: number | null;
  policyVersion: number | null;
  parties: PartyView[];
  /** Numbers of the operations that parties speak of, by id, where the console knows them. */
  numbers: Record<string, string>;
};

/** @param parties those the web server knows; they are not asked anything here. */
export async function viewParties(
  actor: Actor,
  parties: readonly Pick<PartyClient, 'name' | 'origin' | 'expected'>[],
  context: Context,
): Promise<Result<PartiesView>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const [trust, rows] = await Promise.all([
    loadTrust(context.db),
    context.db.partyReport.findMany({ orderBy: { party: 'asc' }, take: 32 }),
  ]);
  const addresses = new Map(parties.map((party) => [party.name, party]));
  const seats = new Map((trust?.roster.parties ?? []).map((party) => [party.name, party]));
  const names = new Set([...seats.keys(), ...addresses.keys()]);
  const versions = {
    rosterVersion: trust?.roster.version ?? null,
    policyVersion: trust?.policy.version ?? null,
  };
  const views = [...names].map((name) => {
    const seat = seats.get(name);
    const address = addresses.get(name);
    return {
      name,
      group: seat?.group ?? null,
      isCold: seat?.cold === true,
      origin: address?.origin ?? null,
      expected: address?.expected ?? ('offline' as const),
      ...viewReport(
        rows.find(({ party }) => party === name),
        versions,
      ),
    };
  });
  return ok({ ...versions, parties: views, numbers: await findNumbers(views, context) });
}

/** Far more than a page shows; what a party says has no bound that the console may trust. */
const numbersMax = 500;

async function findNumbers(
  parties: readonly PartyView[],
  { db }: Context,
): Promise<Record<string, string>> {
  const spokenOf = parties.flatMap(({ status }) => [
    ...(status?.lastDecision?.operation ? [status.lastDecision.operation] : []),
    ...[...(status?.waits ?? []), ...(status?.freezes ?? [])].map(({ operation }) => operation),
  ]);
  const ids = [...new Set(spokenOf)].filter((id) => operationId.safeParse(id).success);
  const rows = await db.operation.findMany({
    where: { id: { in: ids.slice(0, numbersMax) } },
    select: { id: true, number: true },
  });
  return Object.fromEntries(rows.map(({ id, number }) => [id, number]));
}

type Report = Pick<
  PartyView,
  'reportedAt' | 'status' | 'sentence' | 'clockSkewMs' | 'isBehind' | 'lastDecision'
>;

function viewReport(
  row: { at: Date; status: unknown } | undefined,
  versions: Pick<PartiesView, 'rosterVersion' | 'policyVersion'>,
): Report {
  const none = { status: null, clockSkewMs: null, isBehind: false, lastDecision: null };
  if (!row) return { ...none, reportedAt: null, sentence: 'The worker has not asked it yet.' };
  const reportedAt = row.at.toISOString();
  const report = reportShape.safeParse(row.status);
  if (!report.success)
    return { ...none, reportedAt, sentence: 'What it said cannot be read. Update the console.' };
  if (!report.data.ok)
    return { ...none, reportedAt, sentence: refusalSentence(report.data.refusal) };
  const { status } = report.data;
  return {
    reportedAt,
    status,
    sentence: null,
    clockSkewMs: status.clock === null ? null : Date.parse(status.clock) - row.at.getTime(),
    isBehind:
      (status.rosterVersion ?? 0) < (versions.rosterVersion ?? 0) ||
      (status.policyVersion ?? 0) < (versions.policyVersion ?? 0),
    lastDecision: status.lastDecision && viewLastDecision(status.lastDecision),
  };
}
