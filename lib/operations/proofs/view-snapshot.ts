/** One snapshot as its page shows it: every signature is verified each time it is drawn. */
import { isPooled } from '#lib/chains/account-address.ts';
import { assets } from '#lib/chains/assets.ts';
import { isControlProven } from '#lib/chains/control-proof.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { digestWords } from '#lib/protocol/words.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import type { ReservesPublication, ReservesSnapshot } from '#lib/protocol/reserves.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { amountText, numbersOf, vaultNames } from '../ledger-text.ts';
import { finalStates } from '../states.ts';
import { coverageOf } from './coverage.ts';
import { coverageView, type CoverageView } from './list-snapshots.ts';
import { askedProofs, type AskedProofView } from './asked-proofs.ts';
import { loadPublication } from './load-publication.ts';
import { proofFaults } from './proof-faults.ts';

export type ReserveView = {
  vault: string;
  name: string;
  address: string;
  chain: string;
  /** Whether the amounts lie at addresses of every owner's own, all derived from the vault's key. */
  isByOwner: boolean;
  amounts: { asset: string; amount: string }[];
  /** The signature of its key as it is published, and whether it verifies; null while there is none. */
  signature: { text: string; verifies: boolean; operation: string; number: string } | null;
  /** A proof of control that is raised and not over. */
  open: { operation: string; number: string } | null;
};

export type SnapshotView = {
  id: string;
  digest: string;
  words: string[];
  closedAt: string;
  lastJournal: string;
  takenAt: string;
  seedCommitment: string;
  balances: number;
  coverage: (CoverageView & {
    root: { hash: string; depth: number } | null;
    /** Of what is in vaults, that for which a signature that verifies answers; null where nothing is. */
    proved: string | null;
  })[];
  reserves: ReserveView[];
  /** Vaults there were at the close in which nothing had ever been booked, so the snapshot has none of it. */
  empty: { vault: string; name: string; amounts: { asset: string; amount: string }[] }[];
  blocks: { chain: string; height: number; hash: string }[];
  /** Clients' proofs that the worker was asked for, the newest first; none where they are made at once. */
  proofs: AskedProofView[];
  /** Why who looks gets no client's proof here; null where they do. */
  noProofs: string | null;
  mayRaise: boolean;
  /** Whether there is a file for auditors that who looks may have: one with keys of vaults. */
  hasKeys: boolean;
};

const unknown = (): Refused<'snapshot-unknown'> =>
  refuse('snapshot-unknown', 'There is no such snapshot. Choose one of the list.');

export async function viewSnapshot(
  actor: Actor,
  id: string,
  { db }: Context,
): Promise<Result<SnapshotView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const loaded = operationId.safeParse(id).success ? await loadPublication(db, id) : null;
  if (!loaded) return unknown();
  const { publication, digest, clients, takenAt } = loaded;
  const { snapshot } = publication;
  const reserves = await reservesOf(publication, digest, db);
  const notTheirs = lacksScope(actor, 'proof:request');
  const hasSeed = (await db.snapshotSeed.count({ where: { snapshotId: id } })) > 0;
  return ok({
    id,
    digest,
    words: digestWords(digest),
    closedAt: snapshot.close.closedAt,
    lastJournal: snapshot.close.lastJournal,
    takenAt: takenAt.toISOString(),
    seedCommitment: snapshot.seedCommitment,
    balances: clients,
    coverage: coverageOf(snapshot).map((of) => ({
      ...coverageView(of),
      root: of.root,
      proved: of.inVaults === 0n ? null : provedOf(of.asset, snapshot.reserves, reserves),
    })),
    reserves,
    empty: await emptyVaults(snapshot, db),
    blocks: snapshot.blocks,
    // Who asked about whom is for those who may ask.
    proofs: notTheirs ? [] : await askedProofs({ snapshotId: id, hasSeed }, db),
    noProofs: notTheirs?.refusal.sentence ?? (hasSeed ? null : proofFaults('seed-gone')),
    mayRaise: actor.scopes.has('operation:raise'),
    hasKeys: !notTheirs && reserves.some(({ isByOwner }) => isByOwner),
  });
}

/** What lies in vaults whose key has signed, exact decimal text. */
function provedOf(
  asset: string,
  stated: ReservesSnapshot['reserves'],
  reserves: readonly ReserveView[],
): string {
  const signed = new Set(
    reserves.filter(({ signature }) => signature?.verifies === true).map(({ vault }) => vault),
  );
  const units = stated
    .filter((entry) => entry.asset === asset && signed.has(entry.vault))
    .reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  return amountText(units, asset);
}

async function emptyVaults(
  { close, reserves }: ReservesSnapshot,
  db: Context['db'],
): Promise<SnapshotView['empty']> {
  const rows = await db.vault.findMany({
    where: {
      createdAt: { lte: new Date(close.closedAt) },
      id: { notIn: reserves.map(({ vault }) => vault) },
    },
    orderBy: { id: 'asc' },
    take: 1_000,
    select: { id: true, name: true, chain: true },
  });
  return rows.map(({ id, name, chain }) => ({
    vault: id,
    name: shownText(name),
    amounts: assets
      .filter(({ chains }) => chains.includes(chain))
      .map(({ code }) => ({ asset: code, amount: amountText(0n, code) })),
  }));
}

/** Proofs of control of this snapshot that are still under way, by vault. */
async function openProofs(
  digest: string,
  db: Context['db'],
): Promise<ReadonlyMap<string, { operation: string; number: string }>> {
  const rows = await db.operation.findMany({
    where: {
      kind: 'proof-of-control',
      state: { notIn: [...finalStates] },
      intent: { contains: digest },
    },
    orderBy: [{ raisedAt: 'asc' }, { id: 'asc' }],
    take: 1_000,
    select: { id: true, number: true, vaultId: true },
  });
  return new Map(rows.map(({ id, number, vaultId }) => [vaultId ?? '', { operation: id, number }]));
}

async function reservesOf(
  { snapshot, controls }: ReservesPublication,
  digest: string,
  db: Context['db'],
): Promise<ReserveView[]> {
  const names = await vaultNames(db);
  const numbers = await numbersOf(
    controls.map(({ intent }) => intent.operation),
    db,
  );
  const open = await openProofs(digest, db);
  const vaults = [...new Set(snapshot.reserves.map(({ vault }) => vault))];
  return vaults.flatMap((vault) => {
    const entries = snapshot.reserves.filter((entry) => entry.vault === vault);
    const [first] = entries;
    if (!first) return [];
    const control = controls.find(({ intent }) => intent.vault === vault);
    const operation = control?.intent.operation ?? '';
    return [
      {
        vault,
        name: names.get(vault) ?? vault,
        address: first.address,
        chain: first.chain,
        isByOwner: !isPooled(first.chain),
        amounts: entries.map(({ asset, amount }) => ({ asset, amount: amountText(amount, asset) })),
        signature: control
          ? {
              text: control.signature,
              verifies: isControlProven(control.intent, control.signature),
              operation,
              number: numbers.get(operation) ?? operation,
            }
          : null,
        open: open.get(vault) ?? null,
      },
    ];
  });
}
