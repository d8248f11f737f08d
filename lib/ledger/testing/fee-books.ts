/** Operations whose network fee a client bears, on the small set of books: one asset for what moves, one for fees. */
import { randomUUID } from 'node:crypto';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import { canonicalize, intentDigest } from '#lib/protocol/intent.ts';
import { clientAccount } from '../accounts.ts';
import { creditDeposit } from '../credit-deposit.ts';
import { placeHolds } from '../place-hold.ts';
import { clientBalances } from '../queries.ts';
import { move, vault, type Books } from './books.ts';

/** Where transfers go. */
export const otherVault = 'cold-1';

/** Adds a second vault under the key of the first. */
export const addOtherVault = ({ owner }: Books) =>
  owner.vault.create({
    data: {
      id: otherVault,
      name: 'Cold 1',
      tier: 'cold',
      chain: 'ethereum:sandbox',
      keyId: 'key-warm-1',
      address: 'cold-address',
    },
  });

export type Wish = {
  kind: 'withdrawal' | 'vault-transfer';
  client: string;
  asset: string;
  amount: bigint;
  highestFee: bigint;
  feeAsset: string;
  /** Absent: the client. */
  feeBearer?: string;
  /** Whose account a transfer moves; absent: the client's. */
  owner?: string | null;
};

export async function fund(
  books: Books,
  client: string,
  asset: string,
  amount: bigint,
): Promise<void> {
  const txid = randomUUID();
  const credited = await creditDeposit(books.worker, {
    chain: 'ethereum:sandbox',
    txid,
    vault,
    client,
    asset,
    amount,
  });
  if (!credited.ok) throw new Error(credited.refusal.sentence);
}

/** What a client is owed, has held and can ask for, in an asset; smallest unit. */
export async function standing(books: Books, client: string, asset: string) {
  const rows = await clientBalances(books.web, { client });
  const row = rows.find((balance) => balance.asset === asset);
  return [row?.posted, row?.held, row?.available].map((units) => BigInt(units ?? 0));
}

const intentOf = (operation: string, wish: Wish): Record<string, unknown> => ({
  type: 'countersign/intent/v1',
  kind: wish.kind,
  operation,
  vault,
  asset: wish.asset,
  amount: wish.amount.toString(),
  highestFee: wish.highestFee.toString(),
  feeBearer: wish.feeBearer ?? wish.client,
  ...(wish.kind === 'withdrawal'
    ? { client: wish.client, destination: { id: 'exchange-1', address: 'elsewhere' } }
    : {
        owner: wish.owner === undefined ? wish.client : wish.owner,
        destination: { vault: otherVault, address: 'cold-address' },
      }),
});

export type HeldPart = { account: string; amount: bigint; fee: bigint };

/**
 * Writes the operation and its holds in one transaction, as the web server does.
 * @param parts instead of the holds it should have.
 * @throws what the database refuses at commit.
 */
export async function raiseWish(
  books: Books,
  wish: Wish,
  place: (operation: string, tx: Parameters<typeof placeHolds>[0]) => Promise<unknown> = (
    operation,
    tx,
  ) => holdWish(tx, operation, wish),
): Promise<string> {
  const operation = randomUUID();
  await inTransaction(books.web, async (tx) => {
    const [row] = await tx.$queryRaw<{ number: string }[]>`
      select next_operation_number(${wish.kind}) as number`;
    const intent = intentOf(operation, wish);
    const isWithdrawal = wish.kind === 'withdrawal';
    await tx.operation.create({
      data: {
        id: operation,
        number: row?.number ?? '',
        kind: wish.kind,
        intent: canonicalize(intent),
        digest: intentDigest(intent),
        state: 'raised',
        raisedBy: 'p-aaaaaaaaaa',
        rosterVersion: 1,
        policyVersion: 1,
        policyRule: 'all',
        needs: [],
        expiresAt: new Date(Date.now() + 3_600_000),
        clientId: isWithdrawal ? wish.client : null,
        vaultId: vault,
        destinationId: isWithdrawal ? 'exchange-1' : null,
        asset: wish.asset,
        amount: wish.amount.toString(),
      },
    });
    await place(operation, tx);
  });
  return operation;
}

/** The holds that it should have. @throws the refusal's code. */
export async function holdWish(
  tx: Parameters<typeof placeHolds>[0],
  operation: string,
  { kind, client, asset, amount, feeAsset, highestFee }: Wish,
): Promise<void> {
  const held: Result<null> = await placeHolds(tx, {
    operation,
    client,
    exact: kind === 'withdrawal' ? { asset, amount } : null,
    fee: { asset: feeAsset, highest: highestFee },
  });
  if (!held.ok) throw new Error(held.refusal.sentence);
}

/** Takes it to the point where the chain has its transaction. */
export async function carry(books: Books, operation: string): Promise<void> {
  await move(books.web, operation, 'cosigned');
  for (const state of ['signing', 'signed', 'broadcast'])
    await move(books.worker, operation, state);
}

export const heldOn = (client: string, asset: string, amount: bigint, fee: bigint): HeldPart => ({
  account: clientAccount(client, asset),
  amount,
  fee,
});
