/** Lists of operations as screens show them. Amounts and names come ready to print. */
import { sealedTextColumns } from '#lib/audit/sealed-text.ts';
import { readTextsFor } from '#lib/persons/texts/restricted.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { assetFacts } from '#lib/chains/assets.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { listCursorText } from '#lib/platform/list-cursor.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { findWaits, keyWorkOf } from './progress/find-waits.ts';
import type { KeyWorkView } from './progress/key-work-view.ts';
import { movesShares } from '#lib/protocol/intent-kinds.ts';
import { intent as intentSchema, type Intent } from '#lib/protocol/intent.ts';
import { countWordFirst } from './count-word.ts';
import { kindFacts } from './kinds.ts';
import { operationWhere, readOperationFilter } from './operation-filter.ts';
import { releasedWords } from './released-words.ts';
import { scopeWords } from './scope-words.ts';
import { groupName } from './group-names.ts';
import {
  findDecisionRefusal,
  openNeeds,
  type Standing,
  type StandingStatement,
} from './standing.ts';
import { standingOf, standingInclude, type StandingRow } from './standing-of.ts';
import { finalStates, isFinal, type OperationState } from './states.ts';
import { loadRoster } from './trust.ts';

export type OperationSummary = {
  id: string;
  number: string;
  kindName: string;
  state: OperationState;
  /** Exact decimal text, null for kinds without an amount. */
  amount: string | null;
  asset: string | null;
  route: string;
  /** What it waits for, as a sentence fragment: "One approver of Control". */
  waitsFor: string;
  waitsForMe: boolean;
  raisedBy: string;
  raisedAt: string;
  expiresAt: string | null;
  /** While it waits out a delay or a time-lock: when it goes on by itself. */
  waitingUntil: string | null;
};

export type OperationPage = {
  rows: OperationSummary[];
  /** What was asked for, as it was written: fills the form and follows to other pages. */
  asked: Partial<Record<(typeof filterNames)[number], string>>;
  /** Why nothing was looked for, in a sentence; null when something was. */
  problem: string | null;
  next: string | null;
};

/** Parameters of the address that make a filter, in the order of the form. */
const filterNames = ['kind', 'standing', 'client', 'asset'] as const;

const pageSize = 50;

/** Everything that is not at an end: the officer's home. What waits for the actor comes first. */
export async function listQueue(
  actor: Actor,
  context: Context,
): Promise<Result<OperationSummary[]>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const rows = await context.db.operation.findMany({
    where: { state: { notIn: [...finalStates] } },
    orderBy: [{ expiresAt: 'asc' }, { id: 'asc' }],
    take: 200,
    include: standingInclude,
  });
  const summaries = await summarise(rows, actor, context);
  return ok(summaries.toSorted((a, b) => Number(b.waitsForMe) - Number(a.waitsForMe)));
}

/** Operations, newest first, a page at a time. @param given one text for each parameter of the page. */
export async function listOperations(
  actor: Actor,
  given: Asked,
  context: Context,
): Promise<Result<OperationPage>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const asked = Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = given[name]?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
  const filter = readOperationFilter(given);
  if (!filter.ok) return ok({ rows: [], asked, problem: filter.refusal.sentence, next: null });
  const rows = await context.db.operation.findMany({
    where: operationWhere(filter.value),
    orderBy: [{ raisedAt: 'desc' }, { id: 'asc' }],
    take: pageSize + 1,
    include: standingInclude,
  });
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return ok({
    rows: await summarise(shown, actor, context),
    asked,
    problem: null,
    next:
      rows.length > pageSize && last ? listCursorText({ at: last.raisedAt, id: last.id }) : null,
  });
}

async function summarise(
  rows: readonly StandingRow[],
  actor: Actor,
  context: Context,
): Promise<OperationSummary[]> {
  const ceremonies = rows.flatMap(({ id, kind }) => (kind === 'key-ceremony' ? [id] : []));
  const [roster, nameOf, vaults, names, released, waits] = await Promise.all([
    loadRoster(context.db),
    operatorNames(context.db),
    context.db.vault.findMany({ select: { id: true, name: true, tier: true } }),
    // A vault in the making has its name in the note of who raised it.
    context.db.operationNote.findMany({
      where: { operationId: { in: ceremonies }, kind: 'reason' },
      select: { operationId: true, ...sealedTextColumns },
    }),
    releasedWords(rows, context.db),
    findWaits(rows, context.db),
  ]);
  const vaultName = new Map(vaults.map((vault) => [vault.id, shownText(vault.name)]));
  const coldVaults = new Set(vaults.flatMap(({ id, tier }) => (tier === 'cold' ? [id] : [])));
  const texts = await readTextsFor(context.db, 'operation', 'operation_note', names);
  const givenName = new Map(
    names.flatMap(({ operationId }, index) => {
      const text = texts[index] ?? null;
      return text === null ? [] : [[operationId, shownText(text)] as const];
    }),
  );
  const now = context.clock();
  return rows.map((row) => {
    const standing = standingOf(row, { roster, at: now });
    const mine = (['approve', 'cosign'] as const).some(
      (choice) => findDecisionRefusal(standing, actor, choice, now) === null,
    );
    return {
      id: row.id,
      number: row.number,
      kindName: kindFacts[standing.kind].name,
      state: standing.state,
      amount:
        row.amount && row.asset
          ? formatAmount(unitsOf(row.amount), assetFacts(row.asset).decimals)
          : null,
      asset: row.asset,
      route: givenName.get(row.id) ?? released.get(row.id) ?? routeOf(row, vaultName),
      waitsFor:
        standing.state === 'signing' && row.vaultId !== null && coldVaults.has(row.vaultId)
          ? 'Waits for its cold trip'
          : underWayWords(
              { wait: waits.get(row.id) ?? null, keyWork: keyWorkOf(row) },
              standing,
              row.stopSentence,
            ),
      waitsForMe: mine,
      raisedBy: nameOf(row.raisedBy),
      raisedAt: row.raisedAt.toISOString(),
      expiresAt: isFinal(standing.state) ? null : row.expiresAt.toISOString(),
      waitingUntil: standing.waitingUntil?.toISOString() ?? null,
    };
  });
}

function routeOf(row: StandingRow, vaultName: ReadonlyMap<string, string>): string {
  const content = contentOf(row, vaultName);
  if (content !== null) return content;
  const vault = row.vaultId === null ? null : (vaultName.get(row.vaultId) ?? row.vaultId);
  if (vault !== null && row.clientId !== null) return `${vault} → ${row.clientId}`;
  return vault ?? row.clientId ?? '';
}

/** Kinds that are told by their content; null for those that go from a vault to somebody. */
function contentOf(row: StandingRow, vaultName: ReadonlyMap<string, string>): string | null {
  switch (row.kind) {
    case 'withdrawal':
    case 'key-ceremony':
      return null;
    default:
      return inShort(intentSchema.parse(JSON.parse(row.intent)), vaultName);
  }
}

function inShort(intent: Intent, vaultName: ReadonlyMap<string, string>): string | null {
  switch (intent.kind) {
    case 'roster-change':
      return `Roster version ${intent.roster.version}`;
    case 'policy-change':
      return `Policy version ${intent.policy.version}`;
    case 'destination-listing': {
      const { address, client } = intent.destination;
      return `${address.slice(0, 4)} ${address.slice(4, 8)} … for ${client}`;
    }
    case 'destination-removal':
      return intent.destination;
    case 'freeze':
      return scopeWords(intent.scope);
    case 'release':
      return intent.freeze;
    case 'revocation':
      return intent.credential === null ? 'Every key of a person' : 'A key of a person';
    case 'vault-transfer':
      return `${vaultName.get(intent.vault) ?? intent.vault} → ${vaultName.get(intent.destination.vault) ?? intent.destination.vault}`;
    case 'proof-of-control':
      return `Vault ${intent.vault}`;
    case 'key-refresh':
    case 'key-repair':
    case 'key-backup':
      return intent.key;
    default:
      return null;
  }
}

/** What is in its way or how far it is, where the worker said so; else what its state says. */
export function underWayWords(
  { wait, keyWork }: { wait: { words: string } | null; keyWork: KeyWorkView | null },
  standing: Standing,
  stopSentence: string | null,
): string {
  if (wait) return wait.words;
  const isAtKey = standing.state === 'cosigned' && keyWork !== null && keyWork.state === 'runs';
  return isAtKey ? keyWork.doing : waitsFor(standing, stopSentence);
}

/** "27 Nov 2026, 14:05:09 UTC". */
const instantWords = (instant: Date | null): string =>
  instant === null
    ? 'its time comes'
    : `${instant.toLocaleString('en-GB', { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'medium' })} UTC`;

/** A yes of somebody who states for no group any more. */
const isLapsed = ({ decision, group }: StandingStatement): boolean =>
  group === null && (decision === 'approve' || decision === 'cosign');

/** "One approver of Control", "Signing", "Held: …": what the state column says. */
export function waitsFor(standing: Standing, stopSentence: string | null): string {
  switch (standing.state) {
    case 'raised':
    case 'approved': {
      // Parties refuse the whole set then, whoever else states.
      if (standing.statements.some(isLapsed)) return 'A delegation ended: cancel it, raise anew';
      const open = openNeeds(standing).find((need) => need.stated < need.people);
      if (!open) return 'Every statement is there';
      const missing = open.people - open.stated;
      const noun = open.decision === 'approve' ? 'approver' : 'co-signer';
      return `${countWordFirst(missing)} ${noun}${missing === 1 ? '' : 's'} of ${groupName(open.group)}`;
    }
    case 'cosigned':
      return standing.needs.length === 0
        ? 'Stands here; the parties take it over'
        : 'Every statement is there, starting';
    case 'waiting':
      return `Waits until ${instantWords(standing.waitingUntil)}`;
    case 'signing':
      return movesShares(standing.kind) ? 'Parties are signing' : 'The parties take it over';
    case 'signed':
      return 'Signed, going to the chain';
    case 'broadcast':
      return 'On the chain, waiting to be final';
    case 'held':
      return `Held: ${stopSentence ?? 'see the operation'}`;
    case 'failed':
      return `Failed: ${stopSentence ?? 'see the operation'}`;
    case 'confirmed':
      return 'Confirmed and posted';
    case 'done':
      return 'Done';
    case 'rejected':
      return 'Rejected';
    case 'cancelled':
      return 'Cancelled by its raiser';
    case 'expired':
      return 'Expired before signing began';
  }
}
