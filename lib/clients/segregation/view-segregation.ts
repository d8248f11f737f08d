/** Owner classes of addresses, the newest check of segregation in full, and the checks before it. */
import { z } from 'zod';
import { chains } from '#lib/chains/registry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { amountText } from '#lib/operations/ledger-text.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { instant } from '#lib/protocol/scalars.ts';
import { listClientIds } from '../list-client-ids.ts';
import { breachWords, readBreaches } from './breach-record.ts';
import { classedAddresses } from './classed-addresses.ts';
import { loadAccounts } from './load-accounts.ts';
import { classNames, type ClassedAddress, type ClassSource } from './owner-class.ts';

export type AddressLine = {
  chain: string;
  address: string;
  className: string;
  client: string | null;
  source: ClassSource;
  /** Of an owner's account: where others pay to, or where change goes. */
  branch: 'receive' | 'change' | null;
  vault: string | null;
};

export type BreachLine = {
  words: string;
  subject: string;
  chain: string | null;
  about: string | null;
  amount: { asset: string; text: string } | null;
};

export type CheckLine = {
  id: string;
  at: string;
  by: string;
  found: number;
  incident: string | null;
  digest: string;
};

export type SegregationView = {
  addresses: AddressLine[];
  /** How many addresses there are; more than are shown when there are very many. */
  total: number;
  /** Owners' accounts within vaults, page by page. */
  accounts: {
    lines: AddressLine[];
    total: number;
    /** The client's number or address that they are looked for by; null for all. */
    find: string | null;
    next: string | null;
  };
  /** The first of what the newest check found. */
  breaches: BreachLine[];
  found: number;
  checks: CheckLine[];
  next: string | null;
  chains: string[];
  clients: string[];
  canWrite: boolean;
};

const shownMax = 200;
const breachesMax = 100;
const perPage = 30;
const cursor = z
  .string()
  .max(80)
  .transform((text) => text.split('_'))
  .pipe(z.tuple([instant, z.uuid()]));

const typedMax = 128;
/** Without gaps, as addresses are copied from papers, and without what no address has; null when nothing is left. */
const typed = (text: string | null | undefined): string | null =>
  text?.replaceAll(/[^\x21-\x7e]/g, '').slice(0, typedMax) || null;

/**
 * @param input.before where the page of checks before ended.
 * @param input.accounts the last address of the page of accounts before.
 * @param input.find a client's number or a whole address, as typed; absent or empty for all accounts.
 */
export async function viewSegregation(
  actor: Actor,
  input: { before: string | null; accounts: string | null; find?: string | null },
  context: Context,
): Promise<Result<SegregationView>> {
  const refused = lacksScope(actor, 'client:read');
  if (refused) return refused;
  const nameOf = await operatorNames(context.db);
  return inSnapshot(context.db, async (tx) => {
    const addresses = await classedAddresses(tx);
    const newest = await tx.segregationCheck.findFirst({
      orderBy: [{ checkedAt: 'desc' }, { id: 'asc' }],
      select: { breaches: true },
    });
    const find = typed(input.find);
    const page = await loadAccounts(tx, { after: typed(input.accounts), find });
    const breaches = readBreaches(newest?.breaches ?? []);
    const { checks, next } = await loadChecks(tx, input.before, nameOf);
    return ok({
      addresses: addresses.slice(0, shownMax).map((one) => lineOf(one, null)),
      total: addresses.length,
      accounts: {
        lines: page.accounts.map((one) => lineOf(one, one.branch)),
        total: page.total,
        find,
        next: page.next,
      },
      breaches: breaches.slice(0, breachesMax).map(({ kind, subject, chain, about, amount }) => ({
        words: breachWords[kind],
        subject: shownText(subject),
        chain,
        about: about && shownText(about),
        amount: amount && { asset: amount.asset, text: amountText(amount.units, amount.asset) },
      })),
      found: breaches.length,
      checks,
      next,
      chains: chains.map(({ chain }) => chain),
      clients: await listClientIds(tx),
      canWrite: actor.scopes.has('client:write'),
    });
  });
}

const lineOf = (
  { chain, address, ownerClass, client, source, vault }: ClassedAddress,
  branch: AddressLine['branch'],
): AddressLine => ({
  chain,
  address,
  client,
  source,
  branch,
  vault,
  className: classNames[ownerClass],
});

async function loadChecks(
  tx: Tx,
  before: string | null,
  nameOf: (person: string) => string,
): Promise<{ checks: CheckLine[]; next: string | null }> {
  const from = cursor.safeParse(before);
  const [at, id] = from.success ? [new Date(from.data[0]), from.data[1]] : [null, ''];
  const rows = await tx.segregationCheck.findMany({
    where: at ? { OR: [{ checkedAt: { lt: at } }, { checkedAt: at, id: { gt: id } }] } : {},
    orderBy: [{ checkedAt: 'desc' }, { id: 'asc' }],
    take: perPage + 1,
    select: {
      id: true,
      checkedAt: true,
      startedBy: true,
      found: true,
      incident: true,
      inputsDigest: true,
    },
  });
  const page = rows.slice(0, perPage);
  const last = page.at(-1);
  return {
    checks: page.map((row) => ({
      id: row.id,
      at: row.checkedAt.toISOString(),
      by: row.startedBy === 'schedule' ? 'The worker, daily' : nameOf(row.startedBy),
      found: row.found,
      incident: row.incident,
      digest: row.inputsDigest,
    })),
    next: rows.length > perPage && last ? `${last.checkedAt.toISOString()}_${last.id}` : null,
  };
}
