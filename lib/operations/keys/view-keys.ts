/** The key register: every threshold key, who holds which share of it, and what is backed up. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { slug } from '#lib/protocol/scalars.ts';
import { loadTrust, type Trust } from '../trust.ts';
import { viewCaps, type KeyCaps } from './key-caps.ts';
import { historyOf, type EpochEntry, type KeyOperation } from './key-history.ts';
import { backedUpAt, epochInForce, loadReports, sharesOf, type HeldShare } from './key-reports.ts';
import { findOpenWork } from './load-key.ts';

/** There are tens of keys: one for each vault. */
const keysMax = 200;

type KeySummary = {
  id: string;
  suite: string;
  /** Group public key, hex. */
  publicKey: string;
  threshold: number;
  parties: string[];
  madeAt: string;
  /** Null for a key whose vault is not on record, which would be a fault. */
  vault: { id: string; name: string; tier: string; chain: string; address: string } | null;
  /** As the parties said last; null while none has. */
  epoch: number | null;
  /** Parties that say they hold a share of that epoch that opens. */
  usable: number;
  /** Shares of that epoch that are sealed for custodians. */
  backedUp: number;
  /** When a transaction was signed with it last. */
  lastUsedAt: string | null;
};
export type KeyLine = KeySummary;

export type ShareView = HeldShare & {
  isCold: boolean;
  /** Null where the roster names nobody who keeps its shares. */
  custodians: { id: string; threshold: number; of: number; people: string[] } | null;
};

export type KeyView = KeySummary & {
  shares: ShareView[];
  /** Newest first. */
  history: EpochEntry[];
  /** Done backups, newest first. */
  backups: KeyOperation[];
  /** What is under way for it. */
  open: { id: string; number: string } | null;
  caps: KeyCaps;
};

type Loaded = Awaited<ReturnType<typeof loadAll>>;

async function loadAll({ db }: Context, where: { id?: string }) {
  const [keys, reports, used, trust] = await Promise.all([
    db.mpcKey.findMany({ where, include: { vaults: true }, orderBy: { id: 'asc' }, take: keysMax }),
    loadReports(db),
    db.$queryRaw<{ vault: string; at: Date }[]>`
      SELECT o.vault_id AS vault, max(t.signed_at) AS at
      FROM chain_transaction t JOIN operation o ON o.id = t.operation_id
      WHERE o.vault_id IS NOT NULL AND t.signed_at IS NOT NULL
      GROUP BY o.vault_id`,
    loadTrust(db),
  ]);
  return { keys, reports, trust, used: new Map(used.map(({ vault, at }) => [vault, at])) };
}

function summaryOf(key: Loaded['keys'][number], { reports, used }: Loaded): KeySummary {
  const shares = sharesOf(key.id, key.parties, reports);
  const epoch = epochInForce(shares);
  const [vault] = key.vaults;
  return {
    id: key.id,
    suite: key.suite,
    publicKey: key.publicKey,
    threshold: key.threshold,
    parties: key.parties,
    madeAt: key.createdAt.toISOString(),
    vault: vault
      ? {
          id: vault.id,
          name: shownText(vault.name),
          tier: vault.tier,
          chain: vault.chain,
          address: vault.address,
        }
      : null,
    epoch,
    usable: shares.filter((share) => share.state === 'usable' && share.epoch === epoch).length,
    backedUp: backedUpAt(shares, epoch),
    lastUsedAt: (vault && used.get(vault.id)?.toISOString()) ?? null,
  };
}

/** Every key of this installation, by its name. */
export async function viewKeys(actor: Actor, context: Context): Promise<Result<KeyLine[]>> {
  const refused = lacksScope(actor, 'vault:read');
  if (refused) return refused;
  const loaded = await loadAll(context, {});
  return ok(loaded.keys.map((key) => summaryOf(key, loaded)));
}

/** One key with every share, the operations that made its epochs, and what may still leave under it. */
export async function viewKey(
  actor: Actor,
  id: string,
  context: Context,
): Promise<Result<KeyView, string>> {
  const refused = lacksScope(actor, 'vault:read');
  if (refused) return refused;
  const unknown = refuse('key-unknown', 'There is no such key. Look at the key register.');
  const name = slug.safeParse(id);
  if (!name.success) return unknown;
  const loaded = await loadAll(context, { id: name.data });
  const [key] = loaded.keys;
  if (!key) return unknown;
  const summary = summaryOf(key, loaded);
  const [history, open, caps, nameOf] = await Promise.all([
    historyOf(key, context),
    findOpenWork(key.id, context),
    viewCaps(summary.vault, loaded.trust, context),
    operatorNames(context.db),
  ]);
  return ok({
    ...summary,
    shares: sharesOf(key.id, key.parties, loaded.reports).map((share) => ({
      ...share,
      ...seatOf(share.party, loaded.trust, nameOf),
    })),
    ...history,
    open,
    caps,
  });
}

function seatOf(
  party: string,
  trust: Trust | null,
  nameOf: (person: string) => string,
): Pick<ShareView, 'isCold' | 'custodians'> {
  const seat = trust?.roster.parties.find(({ name }) => name === party);
  const group = trust?.roster.backups?.find((backup) => backup.party === party);
  return {
    isCold: seat?.cold === true,
    custodians: group
      ? {
          id: group.id,
          threshold: group.threshold,
          of: group.custodians.length,
          people: group.custodians.map(nameOf),
        }
      : null,
  };
}
