import { randomUUID } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addressOfOwner, type VaultKey } from '#lib/chains/account-context.ts';
import { assemble } from '#lib/chains/ethereum/assemble.ts';
import { buildTransfer } from '#lib/chains/ethereum/build.ts';
import { conflictKeyOf } from '#lib/chains/ethereum/conflict-key.ts';
import { sandboxSettings } from '#lib/identity/testing/people.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import { placeHolds } from '#lib/ledger/place-hold.ts';
import { move } from '#lib/ledger/testing/books.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { canonicalize, intentDigest } from '#lib/protocol/intent.ts';
import { vaultTransferIntent } from '#lib/protocol/vault-transfer-intent.ts';
import { ETHER, SANDBOX_CHAIN, until } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { takingOf } from '../../taking-of.ts';
import { ownerVault } from '../../testing/owner-desk.ts';
import { openEthereumDesk, type EthereumDesk } from '../../testing/running-desk.ts';
import { keepVaultAccounts } from '../keep-vault-accounts.ts';
import { OwnerDeposits } from './owner-deposits.ts';

const client = 'C-1001';
const otherVault = 'hot-2';
let desk: EthereumDesk;
let other: VaultKey;
const deposits = new OwnerDeposits();
const look = () => deposits.look(desk.context);

beforeAll(async () => {
  desk = await openEthereumDesk({ clients: [client] });
  const publicKey = Buffer.from(secp256k1.keygen().publicKey).toString('hex');
  const { suite } = desk.key;
  other = { chain: SANDBOX_CHAIN, suite, publicKey };
  const { owner } = desk.books;
  const [parties, operationId] = [['control', 'custody', 'recovery'], randomUUID()];
  const keyId = `key-${otherVault}`;
  await owner.mpcKey.create({
    data: { id: keyId, suite, publicKey, threshold: 2, parties, operationId },
  });
  const address = addressOfOwner(other, null);
  await owner.vault.create({
    data: { id: otherVault, name: 'Hot 2', tier: 'hot', chain: SANDBOX_CHAIN, keyId, address },
  });
  await keepVaultAccounts(desk.context);
  await look();
});
afterAll(() => desk.close());

const posted = async (): Promise<bigint> =>
  BigInt((await clientBalances(desk.books.web, { client }))[0]?.posted ?? 0);

/** On its way between the vaults, with one signature of the parties on record. @returns the other signature's bytes. */
async function sentTransfer(amount: bigint): Promise<Uint8Array> {
  const operation = randomUUID();
  const account = addressOfOwner(desk.key, client);
  const to = addressOfOwner(other, client);
  const intent = vaultTransferIntent.parse({
    type: 'countersign/intent/v1',
    organisation: sandboxSettings.organisation,
    environment: 'sandbox',
    operation,
    notAfter: new Date(Date.now() + 3_600_000).toISOString(),
    kind: 'vault-transfer',
    vault: ownerVault,
    chain: SANDBOX_CHAIN,
    asset: 'ETH',
    amount: amount.toString(),
    destination: { vault: otherVault, address: to },
    highestFee: String(ETHER / 100n),
    feeBearer: client,
    owner: client,
    reasonCommitment: 'ab'.repeat(32),
  });
  const message = buildTransfer({
    chain: SANDBOX_CHAIN,
    nonce: 0n,
    to,
    amount,
    token: null,
    gasLimit: 21_000n,
    maxFeePerGas: 20_000_000_000n,
    maxPriorityFeePerGas: 1_000_000_000n,
  });
  const signed = (again?: Uint8Array) => {
    const [signature = new Uint8Array()] = desk.sign(client, message, again);
    return assemble(message, signature, account);
  };
  const { web, worker } = desk.books;
  const taking = takingOf(intent);
  if (!taking) throw new Error('Its client bears the fee.');
  await inTransaction(web, async (tx) => {
    await tx.operation.create({
      data: {
        id: operation,
        number: 'VT-2026-800001',
        kind: 'vault-transfer',
        intent: canonicalize(intent),
        digest: intentDigest(intent),
        state: 'raised',
        raisedBy: 'p-aaaaaaaaaa',
        rosterVersion: 1,
        policyVersion: 1,
        policyRule: 'all',
        needs: [],
        expiresAt: new Date(intent.notAfter),
        vaultId: ownerVault,
        asset: 'ETH',
        amount: intent.amount,
      },
    });
    const held = await placeHolds(tx, { operation, ...taking });
    if (!held.ok) throw new Error(held.refusal.sentence);
  });
  await move(web, operation, 'cosigned');
  await move(worker, operation, 'signing');
  const { id } = await worker.chainTransaction.create({
    data: {
      id: randomUUID(),
      operationId: operation,
      attempt: 1,
      chain: SANDBOX_CHAIN,
      message: new Uint8Array(message),
      conflictKey: conflictKeyOf(SANDBOX_CHAIN, account, 0n),
      phase: 'built',
    },
  });
  const { raw, hash } = signed();
  const kept = { phase: 'signed', raw: new Uint8Array(raw), txid: hash };
  await worker.chainTransaction.update({ where: { id }, data: kept });
  await move(worker, operation, 'signed');
  return signed(new Uint8Array(32).fill(7)).raw;
}

it('a transfer between vaults that ran under another signature of the parties is nobody’s deposit', async () => {
  await desk.control.deposit(addressOfOwner(desk.key, client), 2n * ETHER);
  await until('it is credited', async () => {
    await look();
    return (await posted()) === 2n * ETHER;
  });
  const twin = await sentTransfer(ETHER);
  expect(await desk.node.sendTransaction(twin)).toMatchObject({ outcome: 'accepted' });
  await until(
    'it ran',
    async () => (await desk.node.getNonce(addressOfOwner(desk.key, client), 'latest')) === 1n,
  );
  await desk.control.deposit(addressOfOwner(other, client), ETHER / 4n);
  await until('what came after it is credited', async () => {
    await look();
    return (await desk.books.web.deposit.count({ where: { amount: String(ETHER / 4n) } })) === 1;
  });
  expect(await posted()).toBe(2n * ETHER + ETHER / 4n);
  expect(await desk.books.web.depositPending.count()).toBe(0);
});
