/**
 * Ether that a contract sends on shows in no transaction to us. So what every account holds at a final block is held
 * against what it held at the one before and the movements in between. What does not fit opens an incident, once: from
 * then on the account counts from what it holds. Anybody can send a little in such a way as often as they like, so more
 * of an asset in a vault belongs to the incident that people still have; less opens one of its own each time. Nothing is
 * booked; the next run of reconciliation has the difference as a break, and its rules say whether the asset is held.
 */
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { ChainFacts } from '#lib/chains/chain-facts.ts';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { explainBalance } from '#lib/chains/ethereum/client/explain-balance.ts';
import type { Movement } from '#lib/chains/ethereum/client/movement.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { log } from '#lib/platform/log.ts';
import { findOpenIncident, openIncident } from '../../open-incident.ts';
import type { WorkerContext } from '../worker-context.ts';
import type { OwnAccount } from './own-accounts.ts';

const lookEveryMs = 60_000;
/** Blocks read in one pass; the next goes on from there. */
const blocksMax = 50;
/** A node without an archive knows balances at so new a block; once a walk is over, a newer one is gone on to. */
const newEnough = 32n;
/** Questions at a time. */
const atOnce = 6;

type Needs = Pick<WorkerContext, 'db' | 'clock'>;

/** What is being read: movements of accounts that have a balance on record, up to a final block. */
type Walk = {
  accounts: readonly OwnAccount[];
  /** Smallest unit, by address and asset; nothing for an account that is looked at for the first time. */
  before: ReadonlyMap<string, bigint>;
  movements: Movement[];
  next: bigint;
  to: { number: bigint; hash: string };
};

type Held = { account: OwnAccount; asset: string; amount: bigint; difference: bigint };

const keyOf = (address: string, asset: string): string => `${address} ${asset}`;

/** What one worker remembers of a chain from pass to pass. */
export class BalanceWatch {
  readonly #facts: ChainFacts;
  #walk: Walk | null = null;
  #lookedAt = -Infinity;

  constructor(facts: ChainFacts) {
    this.#facts = facts;
  }

  /** @throws EthereumRpcError, EndpointsDiffer; what was not read has its turn in the next pass. */
  async look(node: EthereumClient, accounts: readonly OwnAccount[], context: Needs): Promise<void> {
    this.#walk ??= await this.#begin(node, accounts, context);
    const walk = this.#walk;
    if (!walk || !(await this.#read(walk, node))) return;
    const held = await balancesAt(this.#facts, walk, node);
    await record(this.#facts, { walk, held }, context);
    this.#walk = null;
  }

  async #begin(
    node: EthereumClient,
    accounts: readonly OwnAccount[],
    { db, clock }: Needs,
  ): Promise<Walk | null> {
    const now = clock().getTime();
    if (now - this.#lookedAt < lookEveryMs) return null;
    const to = await node.getBlock('finalized');
    if (!to) throw new Error('The node says of no block that it is final.');
    this.#lookedAt = now;
    const rows = await db.accountBalance.findMany({
      where: { account: { vault: { chain: this.#facts.chain } } },
    });
    const [mark] = rows.map(({ height }) => height);
    if (mark !== undefined && to.number <= mark) return null;
    const before = new Map(
      rows.map(({ address, asset, amount }) => [keyOf(address, asset), unitsOf(amount)]),
    );
    return { accounts, before, movements: [], next: (mark ?? to.number) + 1n, to };
  }

  /** @returns false while there are blocks left to read. */
  async #read(walk: Walk, node: EthereumClient): Promise<boolean> {
    const tokens = this.#facts.assets.flatMap(({ token }) => token ?? []);
    const accounts = new Set(walk.accounts.map(({ address }) => address));
    for (let read = 0; read < blocksMax; read += 1) {
      if (walk.next > walk.to.number) {
        const final = await node.getBlock('finalized');
        if (!final) throw new Error('The node says of no block that it is final.');
        if (final.number - walk.to.number <= newEnough) return true;
        walk.to = final;
      }
      const block = await node.scanBlock(walk.next, { accounts, tokens });
      if (!block) throw new Error(`The node does not have block ${walk.next} below a final one.`);
      walk.movements.push(...block.movements);
      walk.next += 1n;
    }
    return false;
  }
}

/** At the walk's last block. The first look at an account takes what is there as it is. */
async function balancesAt(
  { assets }: ChainFacts,
  { accounts, before, movements, to }: Walk,
  node: EthereumClient,
): Promise<Held[]> {
  const all = accounts.flatMap((account) => assets.map((entry) => ({ account, ...entry })));
  const held: Held[] = [];
  for (let at = 0; at < all.length; at += atOnce)
    held.push(
      ...(await Promise.all(
        all.slice(at, at + atOnce).map(async ({ account, asset, token }) => {
          const { address } = account;
          const amount = await (token === null
            ? node.getBalance(address, { hash: to.hash })
            : node.getTokenBalance(token, address, { hash: to.hash }));
          const known = before.get(keyOf(address, asset)) ?? null;
          if (known === null) return { account, asset, amount, difference: 0n };
          const explained = explainBalance(
            { account: address, token, before: known, after: amount },
            movements,
          );
          return { account, asset, amount, difference: explained.ok ? 0n : explained.difference };
        }),
      )),
    );
  return held;
}

/** All in one transaction: an incident that can't be opened leaves everything to be found again. */
async function record(
  { chain }: ChainFacts,
  { walk, held }: { walk: Walk; held: readonly Held[] },
  { db, clock }: Needs,
): Promise<void> {
  const at = clock();
  const height = walk.to.number;
  const found = Map.groupBy(
    held.filter(({ difference }) => difference !== 0n),
    ({ account, asset }) => `${account.vault} ${asset}`,
  );
  const told: string[] = [];
  await inTransaction(db, async (tx) => {
    for (const { account, asset, amount } of held) {
      const key = { address: account.address, asset };
      const known = walk.before.get(keyOf(account.address, asset));
      if (known === undefined)
        await tx.accountBalance.create({ data: { ...key, height, amount: amount.toString() } });
      else if (known !== amount)
        await tx.accountBalance.update({
          where: { address_asset: key },
          data: { height, amount: amount.toString() },
        });
    }
    await tx.accountBalance.updateMany({
      where: { account: { vault: { chain } }, height: { lt: height } },
      data: { height },
    });
    for (const accounts of found.values()) told.push(await tell(tx, accounts, { height, at }));
  });
  for (const incident of told) log.error({ chain, incident }, 'a balance is not explained');
}

/** Incidents of one place that are looked through, the newest first. */
const casesMax = 20;

async function findOpenCase(
  tx: Tx,
  { vault, asset }: { vault: string; asset: string },
): Promise<string | null> {
  const rows = await tx.accountBalance.findMany({
    where: { asset, account: { vaultId: vault }, incident: { not: null } },
    select: { incident: true },
    distinct: ['incident'],
    orderBy: { unexplainedAt: 'desc' },
    take: casesMax,
  });
  return findOpenIncident(
    tx,
    rows.flatMap(({ incident }) => incident ?? []),
  );
}

/** @param found differences of one asset in one vault. @returns the incident's number. */
async function tell(
  tx: Tx,
  found: readonly Held[],
  { height, at }: { height: bigint; at: Date },
): Promise<string> {
  const [first] = found;
  if (!first) throw new Error('Nothing was found.');
  const { asset } = first;
  const vault = await tx.vault.findUniqueOrThrow({ where: { id: first.account.vault } });
  const where = found.length === 1 ? 'an account' : `${found.length} accounts`;
  const more = found.some(({ difference }) => difference > 0n);
  const less = found.some(({ difference }) => difference < 0n);
  const what = more && less ? 'another balance' : more ? 'more' : 'less';
  const title = `${asset} in vault ${vault.name}: ${where} with ${what} than the chain’s transactions explain`;
  const incident =
    (less ? null : await findOpenCase(tx, { vault: vault.id, asset })) ??
    (await openIncident(
      tx,
      { what: 'unexplained-balance', title, openedBy: 'system', operations: [] },
      at,
    ));
  for (const { account, difference } of found) {
    await tx.accountBalance.update({
      where: { address_asset: { address: account.address, asset } },
      data: { unexplainedAt: at, incident },
    });
    await appendAudit(tx, {
      kind: 'unexplained-balance',
      subject: vault.id,
      actor: 'worker',
      at,
      facts: {
        asset,
        client: account.owner,
        difference: difference.toString(),
        height: height.toString(),
        incident,
      },
    });
  }
  await publish(tx, { topic: 'ledger', id: vault.id });
  return incident;
}
