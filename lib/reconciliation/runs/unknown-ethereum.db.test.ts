import { getContractAddress, type Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { encodeFunctionData, hexToBytes, parseAbi } from 'viem/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { unknownAssetCode } from '#lib/chains/unknown-asset-code.ts';
import { keepVaultAccounts } from '#lib/operations/execution/keep-vault-accounts.ts';
import { OwnerDeposits } from '#lib/operations/execution/deposits/owner-deposits.ts';
import { watchEthereumTokens } from '#lib/operations/execution/watch-ethereum-tokens.ts';
import { ownerVault } from '#lib/operations/testing/owner-desk.ts';
import { openEthereumDesk, type EthereumDesk } from '#lib/operations/testing/running-desk.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ETHER, SANDBOX_CHAIN, until } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { tokenInitCode } from '#lib/sandbox/ethereum/token-program.ts';
import { chainSource } from '../sources/chain-source.ts';
import { answerRequest } from './answer-request.ts';
import { requestRuns } from './request-runs.ts';

const stranger = privateKeyToAccount(generatePrivateKey());
const token = getContractAddress({ from: stranger.address, nonce: 0n });
const code = unknownAssetCode(SANDBOX_CHAIN, token);
const transfer = parseAbi(['function transfer(address to, uint256 amount)']);

let desk: EthereumDesk;
let nonce = 0;

/** A transaction of the stranger; waits until it is final. */
async function send(of: { to?: Hex; data: Hex }): Promise<void> {
  const raw = await stranger.signTransaction({
    type: 'eip1559',
    chainId: 31_337,
    nonce: nonce++,
    gas: 1_000_000n,
    maxFeePerGas: 20_000_000_000n,
    maxPriorityFeePerGas: 1_000_000_000n,
    ...of,
  });
  const sent = await desk.node.sendTransaction(hexToBytes(raw));
  if (sent.outcome !== 'accepted') throw new Error(`The node did not take it: ${sent.outcome}`);
  await desk.control.mine(6);
}
const give = (owner: string | null, amount: bigint): Promise<void> =>
  send({
    to: token,
    data: encodeFunctionData({
      abi: transfer,
      functionName: 'transfer',
      args: [addressOfOwner(desk.key, owner) as Hex, amount],
    }),
  });

beforeAll(async () => {
  desk = await openEthereumDesk({ clients: ['C-1001'] });
  await keepVaultAccounts(desk.context);
  await watchEthereumTokens(desk.context);
  const funded = await desk.control.deposit(stranger.address, ETHER);
  await until('the stranger has ether', () => desk.node.getReceipt(funded));
  await send({ data: tokenInitCode() as Hex });
});
afterAll(() => desk.close());

const standing = async () =>
  Object.fromEntries(
    (await desk.books.web.account.findMany({ where: { asset: code } })).map(
      ({ id, debits, credits }) => [id, debits.sub(credits).toFixed(0)],
    ),
  );

describe('a token that the registry does not know, on Ethereum', () => {
  it('is booked to suspense as it lies there, once, and credited to nobody', async () => {
    await give('C-1001', 700n);
    await give(null, 50n);
    for (let round = 0; round < 2; round += 1) await watchEthereumTokens(desk.context);
    await new OwnerDeposits().look(desk.context);
    expect(await standing()).toEqual({
      [`vault/${ownerVault}/${code}`]: '750',
      [`suspense/${ownerVault}/${code}`]: '-750',
    });
    expect(await desk.books.web.deposit.count()).toBe(0);
    const booked = { where: { kind: 'unknown-asset-booked', subject: ownerVault } };
    expect(await desk.books.owner.auditEntry.count(booked)).toBe(1);
  });

  it('is booked as it has become when more comes', async () => {
    await give('C-1001', 5n);
    await watchEthereumTokens(desk.context);
    expect((await standing())[`vault/${ownerVault}/${code}`]).toBe('755');
  });

  it('stays a break of its own that names the contract, until somebody says whose it is', async () => {
    desk.passTime(1_000);
    const { context } = desk;
    const wanted = `chain/${code}/${ownerVault}`;
    const id = await inTransaction(context.db, (tx) =>
      requestRuns(tx, wanted, { who: 'schedule' }, context.clock()),
    );
    await answerRequest(
      { id, wanted, placesDone: 0 },
      { ...context, sources: [chainSource(context)] },
    );
    expect(await context.db.breakRecord.findMany({ where: { asset: code } })).toMatchObject([
      { cause: 'unknown', place: ownerVault, subject: `token:${token}`, state: 'open' },
    ]);
  });

  it('that claims more than there can be, or says nothing, counts as none', async () => {
    const claims: EthereumClient = { ...desk.node, unknownBalance: async () => 0n };
    await give('C-1001', 1n);
    await watchEthereumTokens({ ...desk.context, ethereum: claims });
    expect((await standing())[`vault/${ownerVault}/${code}`]).toBe('0');
  });
});
