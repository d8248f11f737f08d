/**
 * A vault on Ethereum as the chain tells of it: what all its accounts hold at one final block, and each movement up
 * to there that can be seen without a tracing node. Ether that a contract sends on shows in the balance alone.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { RANGE_MAX } from '#lib/chains/ethereum/client/token-events.ts';
import { expectedTokens } from '#lib/chains/ethereum/expected-token.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Item } from '../matching/item.ts';
import { etherLines, tokenLines, type MovementLine } from './ethereum-movement.ts';
import { itemsMax, type OutsideReading, type Since, type SourceRefusal } from './outside-source.ts';
import { stillUnderWay } from './still-under-way.ts';
import { vaultAddresses } from './vault-addresses.ts';

type Needs = Pick<Context, 'db' | 'clock'> & { ethereum: EthereumClient };
type Vault = { id: string; address: string; chain: string };

/** The watcher of deposits and the settling of our own payments may be a moment behind. */
const looksMax = 6;
const lookAgainMs = 400;
/**
 * Blocks read one by one for movements of ether in one run: somewhat more than a day of them. Of what lies further
 * back the balance tells alone.
 */
const blocksMax = 8_000n;
/** Questions at a time. */
const atOnce = 6;

/** @throws EthereumRpcError, EndpointsDiffer */
export async function readEthereum(
  vault: Vault,
  { asset, since }: { asset: string; since: Since },
  needs: Needs,
): Promise<Result<OutsideReading, SourceRefusal>> {
  const facts = chainFacts(vault.chain);
  const token = facts.assets.find((entry) => entry.asset === asset)?.token;
  if (token === undefined) throw new Error(`${asset} does not live on ${vault.chain}`);
  const known = expectedTokens(facts).find((entry) => entry.asset === asset);
  if (known) {
    const checked = await needs.ethereum.checkToken(known.token, known.expected);
    if (!checked.ok)
      return refuse(
        'token-differs',
        `The contract of ${asset} is not what our data say (${checked.fault}), so nothing of it is counted. Find out why before anything moves.`,
      );
  }
  for (let look = 1; ; look += 1) {
    const read = await readOnce(vault, { token, since }, needs);
    const isSettled = read.ok && !read.value.items.some(({ underWay }) => underWay);
    if (!read.ok || isSettled || look === looksMax) return read;
    await pause(lookAgainMs);
  }
}

async function readOnce(
  vault: Vault,
  { token, since }: { token: string | null; since: Since },
  needs: Needs,
): Promise<Result<OutsideReading, SourceRefusal>> {
  const { db, ethereum, clock } = needs;
  const final = await ethereum.getBlock('finalized');
  if (!final) return refuse('source-unreachable', 'The node says of no block that it is final.');
  const addresses = await vaultAddresses(db, vault);
  const held = await inTurns(addresses, (account) =>
    token === null
      ? ethereum.getBalance(account, { hash: final.hash })
      : ethereum.getTokenBalance(token, account, { hash: final.hash }),
  );
  const from =
    since.mark === null ? await firstOnRecord(vault, final.number, db) : BigInt(since.mark) + 1n;
  const query = { accounts: new Set(addresses), span: { from, to: final.number } };
  const lines =
    token === null ? await etherIn(query, ethereum) : await tokenIn(token, query, ethereum);
  if (lines.length > itemsMax)
    return refuse(
      'too-many-items',
      `More than ${itemsMax} movements came since the last run. Ask for a longer limit before you go on.`,
    );
  const watched = await db.chainBlock.findFirst({
    where: { chain: vault.chain },
    orderBy: { height: 'desc' },
  });
  const at = clock().toISOString();
  const found = await stillUnderWay(
    vault,
    { open: since.open, found: lines.map((line) => itemOf(line, at)) },
    db,
  );
  // What came in and the watcher has not come to is not booked yet.
  const isAhead = ({ block, amount }: Line): boolean =>
    amount > 0n && watched !== null && block > watched.height;
  const ahead = new Set(lines.filter(isAhead).map(({ ref }) => ref));
  return ok({
    source: vault.chain,
    position: final.number.toString(),
    balance: held.reduce((total, amount) => total + amount, 0n),
    items: found.map((item) => (ahead.has(item.ref) ? { ...item, underWay: true } : item)),
    mark: (final.number < from ? from - 1n : final.number).toString(),
  });
}

type Query = { accounts: ReadonlySet<string>; span: { from: bigint; to: bigint } };
type Line = MovementLine & { block: bigint };

async function etherIn({ accounts, span }: Query, node: EthereumClient): Promise<Line[]> {
  const lowest = span.to - blocksMax + 1n;
  const from = span.from < lowest ? lowest : span.from;
  const numbers = Array.from(
    { length: Math.max(0, Number(span.to - from + 1n)) },
    (_, index) => from + BigInt(index),
  );
  const found = await inTurns(numbers, async (number) => {
    const block = await node.scanBlock(number, { accounts, tokens: [] });
    if (!block) throw new Error(`The node does not have block ${number} below a final one.`);
    return placed(etherLines(block.movements, accounts), number);
  });
  return found.flat();
}

async function tokenIn(
  token: string,
  { accounts, span }: Query,
  node: EthereumClient,
): Promise<Line[]> {
  const found: Line[] = [];
  for (let from = span.from; from <= span.to; from += RANGE_MAX) {
    const last = from + RANGE_MAX - 1n;
    const part = { from, to: last < span.to ? last : span.to };
    const events = await node.tokenEventsIn(part, { accounts, tokens: [token] });
    for (const { movement, block } of events)
      found.push(...placed(tokenLines([movement], accounts), block.number));
  }
  return found;
}

const placed = (lines: readonly MovementLine[], block: bigint): Line[] =>
  lines.map((line) => ({ ...line, block }));

async function inTurns<T, R>(all: readonly T[], ask: (one: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let at = 0; at < all.length; at += atOnce)
    answers.push(...(await Promise.all(all.slice(at, at + atOnce).map(ask))));
  return answers;
}

/** The first block that anything on record of the vault is in; the final one where there is nothing. */
async function firstOnRecord({ id, chain }: Vault, final: bigint, db: Database): Promise<bigint> {
  const [deposit, pending, sent, watched] = await Promise.all([
    db.deposit.aggregate({ where: { vaultId: id }, _min: { slot: true } }),
    db.depositPending.aggregate({ where: { vaultId: id }, _min: { slot: true } }),
    db.chainTransaction.aggregate({
      where: { chain, operation: { vaultId: id } },
      _min: { slot: true },
    }),
    db.chainBlock.aggregate({ where: { chain }, _min: { height: true } }),
  ]);
  const heights = [
    deposit._min.slot,
    pending._min.slot,
    sent._min.slot,
    watched._min.height,
    final,
  ].filter((height) => height !== null);
  return heights.reduce((least, height) => (height < least ? height : least), final);
}

const itemOf = ({ ref, hash, amount }: MovementLine, at: string): Item => ({
  ref,
  transaction: hash,
  reference: null,
  amount: amount.toString(),
  at,
  corrects: null,
  position: null,
  underWay: false,
});
