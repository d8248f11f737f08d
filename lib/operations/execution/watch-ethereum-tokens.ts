/**
 * Tokens outside the registry that come to owners' accounts on Ethereum. Anybody can make a contract that says anything,
 * so nothing is credited: what it says that lies in a vault is booked to suspense, in its smallest unit, under a code of its
 * own. What calls itself by a name is never asked for it.
 */
import type { ChainFacts } from '#lib/chains/chain-facts.ts';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { chainsIn } from '#lib/chains/registry.ts';
import { unknownAssetCode } from '#lib/chains/unknown-asset-code.ts';
import { vaultAccount } from '#lib/ledger/accounts.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { log } from '#lib/platform/log.ts';
import { eachApart } from '../each-apart.ts';
import { bookUnknown } from './book-unknown.ts';
import { ownAccountsOn } from './deposits/own-accounts.ts';
import { mayBeTooMuch, readArrivals } from './unknown-arrivals.ts';
import type { WorkerContext } from './worker-context.ts';

/** Blocks looked through in one look: more than come in a minute. */
const blocksMax = 200n;
/** Tokens of a vault that are asked about in one look; the next goes on. */
const askedMax = 50;
/** Tokens on record that come first where a block has too many; beyond them which comes first is left open. */
const onRecordMax = 50_000;
/** How long a block is tried that a node gives no answer for, before it is passed over. */
const patienceMs = 3_600_000;

type Needs = Pick<WorkerContext, 'db' | 'clock'>;

export async function watchEthereumTokens(context: WorkerContext): Promise<void> {
  const { ethereum, settings } = context;
  if (!ethereum) return;
  await eachApart(
    chainsIn(settings.mode).filter(({ family }) => family === 'ethereum'),
    ({ chain }) => `tokens on ${chain}`,
    (facts) => lookOn(facts, ethereum, context),
  );
}

async function lookOn(facts: ChainFacts, node: EthereumClient, context: Needs): Promise<void> {
  const final = await node.getBlock('finalized');
  if (!final) throw new Error('The node says of no block that it is final.');
  await lookThrough(facts, { node, final: final.number }, context);
  await eachApart(
    await touched(facts.chain, context),
    ({ code, vault }) => `${code} in vault ${vault}`,
    (one) => bookTouched(facts.chain, one, { node, final }, context),
  );
}

/**
 * Which contracts said something since the last look. The first look begins behind the newest final block. A block of
 * which not everything can be read is passed over, counted, and said on the page of chains.
 */
async function lookThrough(
  { chain, assets }: ChainFacts,
  { node, final }: { node: EthereumClient; final: bigint },
  { db, clock }: Needs,
): Promise<void> {
  const scan = await db.tokenScan.findUnique({ where: { chain } });
  if (!scan) {
    await db.tokenScan.create({ data: { chain, height: final } });
    return;
  }
  if (final <= scan.height) return;
  const last = scan.height + blocksMax;
  const query = {
    accounts: new Set((await ownAccountsOn(db, chain)).map(({ address }) => address)),
    tokens: assets.flatMap(({ token }) => token ?? []),
  };
  const span = { from: scan.height + 1n, to: last < final ? last : final };
  const now = clock();
  const since = scan.stuckSince?.getTime() ?? now.getTime();
  const onRecord = await db.unknownToken.findMany({
    where: { chain },
    distinct: ['token'],
    select: { token: true },
    take: onRecordMax,
  });
  const tokens = new Set(onRecord.map(({ token }) => token));
  const { found, to, isCut } = await readArrivals(node, span, {
    query,
    mayPassOver: now.getTime() - since >= patienceMs,
    isKnown: (token) => tokens.has(token),
  }).catch(async (error: unknown) => {
    if (scan.stuckSince === null && mayBeTooMuch(error))
      await db.tokenScan.update({ where: { chain }, data: { stuckSince: now } });
    throw error;
  });
  const cut = { passedBlocks: { increment: 1n }, passedHeight: to };
  await inTransaction(db, async (tx) => {
    for (const { token, account: address, block } of found) {
      const code = unknownAssetCode(chain, token);
      await tx.unknownToken.upsert({
        where: { code_address: { code, address } },
        create: { chain, code, token, address, touchedHeight: block },
        update: { touchedHeight: block },
      });
    }
    await tx.tokenScan.update({
      where: { chain },
      data: { height: to, stuckSince: null, ...(isCut ? cut : {}) },
    });
  });
  if (isCut)
    log.warn({ chain, block: to }, 'more unknown tokens said something in a block than are read');
}

type Touched = { code: string; token: string; vault: string };

/** In no order, so that contracts which never answer for a balance keep no other from its turn. */
const touched = (chain: string, { db }: Needs): Promise<Touched[]> =>
  db.$queryRaw<Touched[]>`
    select u.code, u.token, a.vault_id as vault from unknown_token u join vault_account a using (address)
      where u.chain = ${chain} and (u.looked_height is null or u.looked_height < u.touched_height)
      group by u.code, u.token, a.vault_id order by random() limit ${askedMax}`;

/** By how much more or less lies there than the books say. */
async function bookTouched(
  chain: string,
  { code, token, vault }: Touched,
  { node, final }: { node: EthereumClient; final: { number: bigint; hash: string } },
  context: Needs,
): Promise<void> {
  const { db } = context;
  const where = { code, account: { vaultId: vault } };
  const rows = await db.unknownToken.findMany({ where, select: { address: true } });
  let held = 0n;
  for (const { address } of rows)
    held += await node.unknownBalance(token, address, { hash: final.hash });
  const account = await db.account.findUnique({ where: { id: vaultAccount(vault, code) } });
  const booked = account ? unitsOf(account.debits) - unitsOf(account.credits) : 0n;
  const change = held - booked;
  const found = { asset: code, change, mint: token, slot: final.number };
  if (change !== 0n) await bookUnknown({ id: vault, chain }, found, context);
  await db.unknownToken.updateMany({
    where: { ...where, touchedHeight: { lte: final.number } },
    data: { lookedHeight: final.number },
  });
}
