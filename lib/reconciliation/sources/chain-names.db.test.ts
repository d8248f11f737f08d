import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { postRefusedFee } from '#lib/ledger/post-refused-fee.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import {
  bookDeposit,
  cosigned,
  openOwnerDesk,
  ownerVault,
  type OwnerDesk,
} from '#lib/operations/testing/owner-desk.ts';
import { SANDBOX_CHAIN } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { chainNames } from './chain-names.ts';

let desk: OwnerDesk;
const txid = `0x${'ab'.repeat(32)}`;

beforeAll(async () => {
  desk = await openOwnerDesk({
    chain: SANDBOX_CHAIN,
    suite: 'DKLS23-secp256k1-SHA256-v1',
    clients: ['C-1001'],
    node: {},
  });
});
afterAll(() => desk.close());

describe('a journal of a vault', () => {
  it('that books the fee of a transfer which the chain refused is known by that transaction', async () => {
    const { context } = desk;
    const asset = 'ETH';
    await bookDeposit(desk, { client: 'C-1001', asset, amount: 10n ** 18n });
    const to = addressOfOwner(desk.key, 'C-1001');
    const intent = await cosigned(desk, { client: 'C-1001', asset, amount: 1_000n, to });
    const { operation, chain } = intent;
    await desk.books.owner.chainTransaction.create({
      data: {
        id: randomUUID(),
        operationId: operation,
        attempt: 1,
        chain,
        message: new Uint8Array([1]),
        conflictKey: `${chain}:nonce:${to}:0`,
        phase: 'built',
      },
    });
    const raw = new Uint8Array([2]);
    for (const data of [
      { phase: 'releasing' },
      { phase: 'signed', raw, txid },
      { phase: 'broadcast' },
      { phase: 'failed', slot: 77n },
    ])
      await desk.books.owner.chainTransaction.updateMany({ data });
    const posted = await inTransaction(context.db, (tx) =>
      postRefusedFee(tx, {
        chain,
        txid,
        operation,
        vault: ownerVault,
        asset,
        fee: 21_000n,
        feeFrom: 'own-in-vault',
      }),
    );
    if (!posted.ok) throw new Error(posted.refusal.sentence);
    const { journal } = posted.value;
    expect(await chainNames(context.db, ownerVault, [journal])).toEqual(
      new Map([[String(journal), { transaction: txid, reference: null, position: '77' }]]),
    );
  });
});
