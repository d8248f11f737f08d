import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EURC_SANDBOX } from '#lib/chains/ethereum/chain.ts';
import { explainBalance } from '#lib/chains/ethereum/client/explain-balance.ts';
import type { Movement } from '#lib/chains/ethereum/client/movement.ts';
import { chooseFees, replacementFees } from '#lib/chains/ethereum/fees.ts';
import { chooseGasLimit } from '#lib/chains/ethereum/gas-limit.ts';
import { expectedTokens } from '#lib/chains/ethereum/expected-token.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { createSandboxControl } from './control.ts';
import {
  ETHER,
  EURO,
  freshKey,
  openAccount,
  signTransfer,
  until,
  type AccountFixture,
} from './testing/account-fixture.ts';
import { startSandbox, type SandboxProcess } from './testing/sandbox-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'cs-ethereum-'));
let chain: SandboxProcess;
let account: AccountFixture;

beforeAll(async () => {
  chain = await startSandbox({ data: folder });
});
beforeEach(async () => {
  await createSandboxControl(chain.url).pauseMining(false);
  account = await openAccount(chain.url);
});
afterAll(async () => {
  await chain.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const receiptOf = (hash: string) =>
  until('the transaction is in a block', () => account.client.getReceipt(hash));

const finalFate = (hashes: readonly string[], nonce: bigint, unusedAt = 0n) =>
  until('the fate is final', async () => {
    const fate = await account.client.findFate({
      account: account.key.address,
      nonce,
      hashes,
      unusedAt,
    });
    return (fate.fate === 'executed' && fate.isFinal) || fate.fate === 'superseded' ? fate : null;
  });

describe('transfers on the sandbox chain', () => {
  test('ether moves by a transaction that a software key signed, and its fate is final', async () => {
    const { client, key } = account;
    const to = freshKey().address;
    const transfer = await signTransfer(account, { to });
    expect(await client.sendTransaction(transfer.raw)).toEqual({
      outcome: 'accepted',
      hash: transfer.hash,
    });
    const fate = await finalFate([transfer.hash], transfer.nonce);
    if (fate.fate !== 'executed') throw new Error(fate.fate);
    expect(fate.succeeded).toBe(true);
    expect(await client.getBalance(to, 'finalized')).toBe(ETHER / 10n);
    expect(await client.getBalance(key.address, 'latest')).toBe(
      10n * ETHER - ETHER / 10n - fate.feePaid,
    );
  });

  test('tokens move by their contract, under the gas that the node expects', async () => {
    const { client, key } = account;
    const to = freshKey().address;
    const [euro] = expectedTokens(chainFacts('eip155:31337'));
    if (!euro) throw new Error('The sandbox has a token.');
    const { expected } = euro;
    expect(await client.checkToken(EURC_SANDBOX, expected)).toEqual({ ok: true });
    for (const [other, fault] of [
      [{ decimals: 18 }, 'token-decimals-differ'],
      [{ symbol: 'EUR' }, 'token-symbol-differs'],
      [{ names: ['EURC (sandbox, worth nothing) '] }, 'token-name-differs'],
    ] as const)
      expect(await client.checkToken(EURC_SANDBOX, { ...expected, ...other })).toEqual({
        ok: false,
        fault,
      });
    const market = await client.getFeeMarket();
    const fees = chooseFees(market, 100n * 10n ** 9n);
    if (!fees.ok) throw new Error(fees.refusal);
    const estimate = await client.estimateGas({
      from: key.address,
      to: EURC_SANDBOX,
      value: 0n,
      data: Uint8Array.from(
        Buffer.from(`a9059cbb${to.slice(2).padStart(64, '0')}${'1'.padStart(64, '0')}`, 'hex'),
      ),
    });
    if (!estimate.ok) throw new Error(estimate.refusal);
    const gas = chooseGasLimit(estimate.gas, 'token');
    if (!gas.ok) throw new Error(gas.refusal);
    const transfer = await signTransfer(account, {
      to,
      token: EURC_SANDBOX,
      gasLimit: gas.gasLimit,
      ...fees.price,
    });
    await client.sendTransaction(transfer.raw);
    const receipt = await receiptOf(transfer.hash);
    expect(receipt.status).toBe('0x1');
    expect(await client.getTokenBalance(EURC_SANDBOX, to, 'latest')).toBe(25n * EURO);
    expect(await client.getTokenBalance(EURC_SANDBOX, key.address, 'latest')).toBe(975n * EURO);
  });

  test('more tokens than there are: expected by the node, and undone where it is sent all the same', async () => {
    const { client, key } = account;
    const to = freshKey().address;
    const data = Uint8Array.from(
      Buffer.from(`a9059cbb${to.slice(2).padStart(64, '0')}${'f'.repeat(64)}`, 'hex'),
    );
    const call = { from: key.address, to: EURC_SANDBOX, value: 0n, data };
    expect(await client.estimateGas(call)).toEqual({ ok: false, refusal: 'would-revert' });
    const transfer = await signTransfer(account, { to, token: EURC_SANDBOX, amount: 2n ** 255n });
    await client.sendTransaction(transfer.raw);
    expect(await finalFate([transfer.hash], transfer.nonce)).toMatchObject({
      fate: 'executed',
      succeeded: false,
    });
    expect(await client.getTokenBalance(EURC_SANDBOX, to, 'latest')).toBe(0n);
  });

  test('a fee market can be made dear, and falls again by itself', async () => {
    const { client, control } = account;
    await control.pauseMining(true);
    const gwei = 10n ** 9n;
    await control.baseFee(500n * gwei);
    const dear = (await client.getFeeMarket()).baseFees.at(-1) ?? 0n;
    expect(dear).toBeGreaterThan(400n * gwei);
    await control.mine(60);
    expect((await client.getFeeMarket()).baseFees.at(-1)).toBeLessThan(gwei);
    await control.pauseMining(false);
  });

  test('a replacement with a tenth more takes the place of a transaction that waits; less is refused', async () => {
    const { client, control } = account;
    const to = freshKey().address;
    await control.pauseMining(true);
    const price = { maxFeePerGas: 2_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n };
    const first = await signTransfer(account, { to, ...price });
    await client.sendTransaction(first.raw);
    const nonce = first.nonce;
    const little = await signTransfer(account, {
      to,
      nonce,
      maxFeePerGas: price.maxFeePerGas + 1n,
      maxPriorityFeePerGas: price.maxPriorityFeePerGas,
    });
    expect(await client.sendTransaction(little.raw)).toMatchObject({
      outcome: 'refused',
      refusal: 'replacement-underpriced',
    });
    const market = await client.getFeeMarket();
    const raised = replacementFees(price, market, 100n * 10n ** 9n);
    if (!raised.ok) throw new Error(raised.refusal);
    const second = await signTransfer(account, { to, nonce, ...raised.price });
    expect(await client.sendTransaction(second.raw)).toMatchObject({ outcome: 'accepted' });
    await control.mine(1);
    await control.pauseMining(false);
    expect(await client.getReceipt(first.hash)).toBeNull();
    expect(await client.getReceipt(second.hash)).toMatchObject({ status: '0x1' });
    expect(await client.getBalance(to, 'latest')).toBe(ETHER / 10n);
    expect(await finalFate([first.hash, second.hash], nonce)).toMatchObject({ hash: second.hash });
  });

  test('a transaction behind a gap of nonces is stuck until the gap is filled', async () => {
    const { client, control, key } = account;
    const to = freshKey().address;
    const nonce = await client.getNonce(key.address, 'pending');
    const later = await signTransfer(account, { to, nonce: nonce + 1n });
    expect(await client.sendTransaction(later.raw)).toMatchObject({ outcome: 'accepted' });
    await control.mine(2);
    expect(await client.getReceipt(later.hash)).toBeNull();
    expect(await client.getNonce(key.address, 'pending')).toBe(nonce);
    const query = { account: key.address, nonce: nonce + 1n, hashes: [later.hash], unusedAt: 0n };
    expect(await client.findFate(query)).toEqual({ fate: 'possible' });
    const missing = await signTransfer(account, { to, nonce });
    await client.sendTransaction(missing.raw);
    expect(await receiptOf(later.hash)).toMatchObject({ status: '0x1' });
  });

  test('a transaction whose nonce another one used is superseded by name, once that is final', async () => {
    const { client, key } = account;
    const unusedAt = await client.blockNumber();
    const nonce = await client.getNonce(key.address, 'latest');
    const mine = await signTransfer(account, { to: freshKey().address, nonce });
    const other = await signTransfer(account, { to: freshKey().address, nonce, amount: 7n });
    await client.sendTransaction(other.raw);
    expect(await finalFate([mine.hash], nonce, unusedAt)).toEqual({
      fate: 'superseded',
      by: other.hash,
    });
    expect(await client.sendTransaction(mine.raw)).toMatchObject({
      outcome: 'refused',
      refusal: 'nonce-too-low',
    });
  });

  test('a transaction that the node lost can be sent again, as can one whose answer got lost', async () => {
    const { client, control } = account;
    const transfer = await signTransfer(account, { to: freshKey().address });
    await control.dropTransactions(1);
    expect(await client.sendTransaction(transfer.raw)).toMatchObject({ outcome: 'accepted' });
    expect(await client.knows(transfer.hash)).toBe(false);
    await control.hangUp(1);
    expect(await client.sendTransaction(transfer.raw)).toMatchObject({
      outcome: 'unknown',
      fault: 'rpc-unreachable',
    });
    expect(await client.knows(transfer.hash)).toBe(true);
    expect(await receiptOf(transfer.hash)).toMatchObject({ status: '0x1' });
  });
});

/** Everything that happened to an account from one block on to another. */
async function movementsOf(address: string, from: bigint, to: bigint): Promise<Movement[]> {
  const found: Movement[] = [];
  for (let number = from; number <= to; number += 1n) {
    const query = { accounts: new Set([address]), tokens: [EURC_SANDBOX] };
    const scanned = await account.client.scanBlock(number, query);
    if (!scanned) throw new Error(`block ${number} is missing`);
    found.push(...scanned.movements);
  }
  return found;
}

describe('what happened to an account', () => {
  test('is found block by block, ether and tokens, in and out, and explains both balances', async () => {
    const { client, control, key } = account;
    const { address } = key;
    const before = await client.blockNumber();
    await control.deposit(address, 5n * ETHER);
    await control.depositToken(address, 3n * EURO);
    const transfer = await signTransfer(account, { to: freshKey().address, token: EURC_SANDBOX });
    await client.sendTransaction(transfer.raw);
    await receiptOf(transfer.hash);
    const after = await client.blockNumber();
    const movements = await movementsOf(address, before + 1n, after);
    const ether = movements.filter(({ token }) => token === null);
    const tokens = movements.filter(({ token }) => token === EURC_SANDBOX);
    expect(ether.map(({ to, amount }) => [to, amount])).toContainEqual([address, 5n * ETHER]);
    // Two transactions of one block stand in it by what they offer, not by when they came.
    expect(new Set(tokens.map(({ amount }) => amount))).toEqual(new Set([3n * EURO, 25n * EURO]));
    const span = { from: before + 1n, to: after };
    const query = { accounts: new Set([address]), tokens: [EURC_SANDBOX] };
    const events = await client.tokenEventsIn(span, query);
    expect(events.map(({ movement }) => movement)).toEqual(tokens);
    for (const token of [null, EURC_SANDBOX]) {
      const balance = (place: bigint) =>
        token === null
          ? client.getBalance(address, place)
          : client.getTokenBalance(token, address, place);
      const of = {
        account: address,
        token,
        before: await balance(before),
        after: await balance(after),
      };
      expect(explainBalance(of, movements)).toEqual({ ok: true });
    }
  });

  test('leaves a hold where a contract sent ether on, which no transaction shows', async () => {
    const { client, control, key } = account;
    const before = await client.blockNumber();
    const hash = await control.depositThroughContract(key.address, 4n * ETHER);
    const { blockNumber, blockHash } = await receiptOf(hash);
    const of = {
      account: key.address,
      token: null,
      before: await client.getBalance(key.address, before),
      after: await client.getBalance(key.address, { hash: blockHash }),
    };
    const movements = await movementsOf(key.address, before + 1n, blockNumber);
    expect(explainBalance(of, movements)).toEqual({
      ok: false,
      hold: 'unexplained-balance',
      difference: 4n * ETHER,
    });
  });

  test('is undone by a reorganisation, which the stored block shows', async () => {
    const { client, control } = account;
    await control.pauseMining(true);
    const to = freshKey().address;
    const kept = await client.getBlock('latest');
    if (!kept) throw new Error('no block');
    await control.deposit(to, ETHER);
    await control.mine(1);
    const newest = await client.getBlock('latest');
    if (!newest) throw new Error('no block');
    expect(
      await client.scanBlock(newest.number, { accounts: new Set([to]), tokens: [] }),
    ).toMatchObject({
      hash: newest.hash,
      parentHash: kept.hash,
      movements: [{ to, amount: ETHER }],
    });
    await control.reorganise(1);
    expect(await client.checkMark(newest)).toBe('replaced');
    expect(await client.findKept([newest, kept])).toEqual(kept);
    expect(await client.getBalance(to, 'latest')).toBe(0n);
    await expect(client.getBalance(to, { hash: newest.hash })).rejects.toMatchObject({
      name: 'EthereumRpcError',
    });
    await control.pauseMining(false);
  });
});
