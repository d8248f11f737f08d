/**
 * Books with a vault on a chain where every owner has an account, and the worker's context over both. Its
 * key is held by this process alone, which signs as the parties together would.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { addressOfOwner, decodeForOwner, type VaultKey } from '#lib/chains/account-context.ts';
import { signDigest } from '#lib/chains/bitcoin/testing/sign.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { deriveKey } from '#lib/chains/derive-key.ts';
import { sandboxSettings } from '#lib/identity/testing/people.ts';
import { creditDeposit } from '#lib/ledger/credit-deposit.ts';
import { placeHolds } from '#lib/ledger/place-hold.ts';
import { closeBooks, move, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import {
  canonicalize,
  intentDigest,
  withdrawalIntent,
  type WithdrawalIntent,
} from '#lib/protocol/intent.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { beginSigning } from '../execution/begin-signing.ts';
import { adapterFor } from '../execution/chains/adapters.ts';
import { broadcast } from '../execution/broadcast.ts';
import { noteReleasing } from '../execution/note-releasing.ts';
import { settle } from '../execution/settle.ts';
import type { WorkerContext } from '../execution/worker-context.ts';
import { loadStanding, type OperationRow } from '../load-standing.ts';
import { takingOf } from '../taking-of.ts';

const { Point } = secp256k1;

/** The vault of these books that lies on the chain. */
export const ownerVault = 'hot-1';

export type OwnerDesk = {
  books: Books;
  key: VaultKey;
  /** Its clock goes on by `passTime` only. */
  context: WorkerContext;
  passTime(milliseconds: number): void;
  /** Drops everything. @throws Error when the books were wrong in the end. */
  close(): Promise<void>;
  /**
   * Signs every part of what an operation would send.
   * @param again 32 bytes for other ECDSA signatures on the same, as parties make that are asked twice.
   */
  sign(client: string, message: Uint8Array, again?: Uint8Array): Uint8Array[];
};

export async function openOwnerDesk(of: {
  chain: string;
  suite: KeySuite;
  clients: readonly string[];
  node: Pick<WorkerContext, 'bitcoin' | 'ethereum'>;
}): Promise<OwnerDesk> {
  const { chain, suite, clients, node } = of;
  const books = await openBooks(clients);
  const secret = new Uint8Array(randomBytes(32));
  const publicKey = Buffer.from(secp256k1.getPublicKey(secret)).toString('hex');
  const key: VaultKey = { chain, suite, publicKey };
  await books.owner.mpcKey.create({
    data: {
      id: `key-${ownerVault}`,
      suite,
      publicKey,
      threshold: 2,
      parties: ['control', 'custody', 'recovery'],
      operationId: randomUUID(),
    },
  });
  const address = addressOfOwner(key, null);
  await books.owner.vault.create({
    data: {
      id: ownerVault,
      name: 'Hot 1',
      tier: 'hot',
      chain,
      keyId: `key-${ownerVault}`,
      address,
    },
  });
  let now = Date.now();
  const secretAt = (path: readonly number[]): Uint8Array => {
    const { scalar } = deriveKey(hexToBytes(publicKey), path);
    return numberToBytesBE(Point.Fn.add(bytesToNumberBE(secret), scalar), 32);
  };
  return {
    books,
    key,
    context: {
      db: books.worker,
      clock: () => new Date(now),
      settings: sandboxSettings,
      parties: [],
      solana: undefined as never,
      feePayer: freshKey(),
      ...node,
    },
    passTime: (milliseconds) => {
      now += milliseconds;
    },
    close: () => closeBooks(books),
    sign: (client, message, again) =>
      decodeForOwner(key, client, message).parts.map(({ bytes, path, tweak }) => {
        const digest = hexToBytes(bytes);
        if (tweak === 'taproot' || chainFacts(chain).family === 'bitcoin')
          return signDigest(digest, tweak, secretAt(path));
        const [recovery = 0, ...rest] = secp256k1.sign(digest, secretAt(path), {
          prehash: false,
          lowS: true,
          format: 'recovered',
          extraEntropy: again ?? false,
        });
        return Uint8Array.of(...rest, recovery);
      }),
  };
}

let deposits = 0;

/** What the books say lies there for the client. */
export async function bookDeposit(
  { books, key }: OwnerDesk,
  of: { client: string; asset: string; amount: bigint },
): Promise<void> {
  deposits += 1;
  const credited = await creditDeposit(books.worker, {
    chain: key.chain,
    txid: `owner-deposit-${deposits}`,
    vault: ownerVault,
    ...of,
  });
  if (!credited.ok) throw new Error(credited.refusal.sentence);
}

let raised = 0;

/** A withdrawal with every statement, its money held. */
export async function cosigned(
  { books, key }: Pick<OwnerDesk, 'books' | 'key'>,
  of: { client: string; asset: string; amount: bigint; to: string; highestFee?: bigint },
): Promise<WithdrawalIntent> {
  const operation = randomUUID();
  const facts = chainFacts(key.chain);
  const intent = withdrawalIntent.parse({
    type: 'countersign/intent/v1',
    organisation: sandboxSettings.organisation,
    environment: 'sandbox',
    operation,
    notAfter: new Date(Date.now() + 3_600_000).toISOString(),
    kind: 'withdrawal',
    client: of.client,
    vault: ownerVault,
    chain: key.chain,
    asset: of.asset,
    amount: of.amount.toString(),
    destination: { id: 'exchange-1', address: of.to },
    highestFee: String(of.highestFee ?? facts.highestFee),
    feeBearer: of.client,
    memo: null,
    reasonCommitment: 'ab'.repeat(32),
    travelRule: null,
  });
  raised += 1;
  const number = `WD-2026-8${String(raised).padStart(5, '0')}`;
  const taking = takingOf(intent);
  if (!taking) throw new Error('A withdrawal takes from its client.');
  await inTransaction(books.web, async (tx) => {
    await tx.operation.create({
      data: {
        id: operation,
        number,
        kind: 'withdrawal',
        intent: canonicalize(intent),
        digest: intentDigest(intent),
        state: 'raised',
        raisedBy: 'p-aaaaaaaaaa',
        rosterVersion: 1,
        policyVersion: 1,
        policyRule: 'all',
        needs: [],
        expiresAt: new Date(intent.notAfter),
        clientId: of.client,
        vaultId: ownerVault,
        destinationId: intent.destination.id,
        asset: of.asset,
        amount: intent.amount,
      },
    });
    const held = await placeHolds(tx, { operation, ...taking });
    if (!held.ok) throw new Error(held.refusal.sentence);
  });
  await move(books.web, operation, 'cosigned');
  return intent;
}

export async function rowAt({ context }: OwnerDesk, operation: string): Promise<OperationRow> {
  const loaded = await loadStanding(context.db, operation, context.clock());
  if (!loaded) throw new Error(`There is no operation ${operation}.`);
  return loaded.row;
}

/** Its raiser states a held operation again, under the same rule. */
export async function raiseAnew(
  { books }: { books: Pick<Books, 'web'> },
  operation: string,
): Promise<void> {
  await books.web.operation.update({
    where: { id: operation },
    data: {
      state: 'raised',
      attempt: { increment: 1 },
      revision: { increment: 1 },
      stopCode: null,
      stopParty: null,
      stopSentence: null,
    },
  });
}

export const begin = async (desk: OwnerDesk, intent: WithdrawalIntent): Promise<boolean> =>
  beginSigning(await rowAt(desk, intent.operation), intent, desk.context);

/**
 * Shares of the newest transaction are out, so whoever puts them together has its bytes; on record none are.
 */
export async function releaseNewest(
  desk: OwnerDesk,
  intent: WithdrawalIntent,
): Promise<{ id: string; raw: Uint8Array; txid: string }> {
  const { context } = desk;
  const row = await rowAt(desk, intent.operation);
  const transaction = row.transactions.find(({ phase }) => phase === 'built');
  if (!transaction) throw new Error('Nothing waits for a signature.');
  const vault = await context.db.vault.findUniqueOrThrow({
    where: { id: ownerVault },
    include: { key: true },
  });
  const signatures = desk.sign(intent.client, transaction.message);
  const assembled = adapterFor(intent.chain).assemble(
    transaction,
    { intent, vault, signatures },
    context,
  );
  if (!assembled.ok) throw new Error(assembled.stop.sentence);
  await noteReleasing(context.db, transaction, { intent, vault });
  return { id: transaction.id, raw: assembled.raw, txid: assembled.txid };
}

/** The parties' part: signs the newest transaction and keeps its bytes. @returns its id. */
export async function signNewest(desk: OwnerDesk, intent: WithdrawalIntent): Promise<string> {
  const { context } = desk;
  const { id, raw, txid } = await releaseNewest(desk, intent);
  await context.db.chainTransaction.update({
    where: { id },
    data: { phase: 'signed', raw: new Uint8Array(raw), txid, signedAt: context.clock() },
  });
  const { state } = await rowAt(desk, intent.operation);
  if (state === 'signing') await move(desk.books.worker, intent.operation, 'signed');
  return txid;
}

export const send = async (desk: OwnerDesk, intent: WithdrawalIntent): Promise<boolean> =>
  broadcast(await rowAt(desk, intent.operation), desk.context);

export const settleOnce = async (desk: OwnerDesk, intent: WithdrawalIntent): Promise<boolean> =>
  settle(await rowAt(desk, intent.operation), intent, desk.context);

/**
 * Settles once more. That something was done does not say that it is settled: a replacement may have been sent.
 * @returns the state that the operation left `broadcast` for; null while it is on its way.
 */
export async function settledTo(desk: OwnerDesk, intent: WithdrawalIntent): Promise<string | null> {
  await settleOnce(desk, intent);
  const { state } = await rowAt(desk, intent.operation);
  return state === 'broadcast' ? null : state;
}
