import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { feePayerAccount, networkFeesAccount, vaultAccount } from '#lib/ledger/accounts.ts';
import { postJournal } from '#lib/ledger/post-journal.ts';
import { postVaultTransfer } from '#lib/ledger/post-vault-transfer.ts';
import { clientBalances, journalPage } from '#lib/ledger/queries.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { createSandboxControl } from '#lib/sandbox/solana/control.ts';
import { startSandbox, type SandboxProcess } from '#lib/sandbox/solana/testing/sandbox-process.ts';
import { freshKey, SOL, until } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { keepNonceAccounts } from '../execution/keep-nonce-accounts.ts';
import { watchDeposits } from '../execution/watch-deposits.ts';
import { watchOutflows } from '../execution/watch-outflows.ts';
import { listOperations } from '../list-operations.ts';
import { prepareFreeze } from '../prepare-freeze.ts';
import { prepareKeyCeremony } from '../prepare-key-ceremony.ts';
import {
  advance,
  decide,
  openPartyDesk,
  state,
  stateAll,
  type PartyDesk,
} from '../testing/party-desk.ts';
import { viewOperation } from '../view-operation.ts';
import { prepareVaultTransfer } from './prepare-vault-transfer.ts';

const client = 'C-1001';
const data = mkdtempSync(join(tmpdir(), 'cs-transfer-'));
let chain: SandboxProcess;
let desk: PartyDesk;

async function makeVault(vault: string, tier: 'warm' | 'hot'): Promise<string> {
  const prepared = await prepareKeyCeremony(
    desk.people.ada.actor,
    { operation: randomUUID(), vault, name: vault, tier, chain: 'solana:sandbox' },
    desk.context,
  );
  const operation = await stateAll(desk, prepared);
  valueOf(await decide(desk, 'sofia', operation, 'cosign'));
  expect(await advance(desk, operation)).toBe('done');
  const row = await desk.owner.vault.findUniqueOrThrow({ where: { id: vault } });
  return row.address;
}

const ask = (form: Record<string, string> = {}) =>
  prepareVaultTransfer(
    desk.people.ada.actor,
    {
      operation: randomUUID(),
      from: 'warm-1',
      to: 'hot-1',
      asset: 'SOL',
      amount: '3',
      reason: 'Refill',
      ...form,
    },
    desk.context,
  );

async function raise(form = {}): Promise<string> {
  const prepared = await ask(form);
  if (!prepared.ok || prepared.value.outcome !== 'sign')
    throw new Error(prepared.ok ? 'Raised before.' : prepared.refusal.sentence);
  return stateAll(desk, { ok: true, value: { request: prepared.value.request } });
}

beforeAll(async () => {
  chain = await startSandbox({ data });
  const feePayer = freshKey();
  await createSandboxControl(chain.url).deposit(feePayer.address, SOL);
  const solana = createSolanaClient(chain.url, { timeoutMs: 5_000 });
  desk = await openPartyDesk({}, { solana, feePayer });
  await desk.owner.client.create({ data: { id: client } });
  const warm = await makeVault('warm-1', 'warm');
  await makeVault('hot-1', 'hot');
  await createSandboxControl(chain.url).deposit(warm, 10n * SOL, client);
  await until('the deposit is booked and the vaults have nonce accounts', async () => {
    await watchDeposits(desk.worker);
    await keepNonceAccounts(desk.worker);
    const deposits = await desk.owner.deposit.count();
    return deposits === 1 && (await desk.owner.nonceAccount.count()) >= 8;
  });
}, 60_000);
afterAll(async () => {
  await desk.close();
  await chain.stop('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

const holds = async (vault: string): Promise<string> => {
  const row = await desk.owner.account.findUniqueOrThrow({
    where: { id: vaultAccount(vault, 'SOL') },
  });
  return row.debits.sub(row.credits).toFixed(0);
};

describe('a transfer between vaults', () => {
  let done: string;

  it('is confirmed on the chain and booked once: the vaults change, the client is owed the same', async () => {
    done = await raise();
    await until('the transfer is final', async () => {
      await watchDeposits(desk.worker);
      await watchOutflows(desk.worker);
      return (await advance(desk, done)) === 'confirmed';
    });
    expect([await holds('warm-1'), await holds('hot-1')]).toEqual([
      (7n * SOL).toString(),
      (3n * SOL).toString(),
    ]);
    expect(await clientBalances(desk.owner, { client })).toMatchObject([
      { posted: (10n * SOL).toString(), held: '0' },
    ]);
    const { journals } = await journalPage(desk.owner, { operation: done });
    expect(journals.map(({ kind }) => kind)).toEqual(['vault-transfer']);
    expect(journals[0]?.lines).toContainEqual({
      account: networkFeesAccount('SOL'),
      asset: 'SOL',
      amount: '10000',
    });
    const { address } = await desk.owner.vault.findUniqueOrThrow({ where: { id: 'hot-1' } });
    expect(await desk.worker.solana.getBalance(address)).toBe(3n * SOL);
  });

  it('is nobody’s deposit at the vault that gets it, and no unexplained outflow of the other', async () => {
    await desk.owner.depositCursor.deleteMany();
    await desk.owner.ownCursor.deleteMany();
    await watchDeposits(desk.worker);
    await watchOutflows(desk.worker);
    expect(await desk.owner.deposit.count()).toBe(1);
    expect(await desk.owner.outflow.count()).toBe(0);
  });

  it.each([
    ['another amount', 'hot-1', 2n],
    ['a vault that nobody named', 'fees', 3n],
    ['the same once more', 'hot-1', 3n],
  ])(
    'has the journal that people stated and no other: %s is refused by the database',
    async (_, to, sol) => {
      const other = to === 'hot-1' ? vaultAccount(to, 'SOL') : feePayerAccount('SOL');
      const posting = inTransaction(desk.worker.db, (tx) =>
        postJournal(tx, {
          key: `vault-transfer:${done}:again`,
          kind: 'vault-transfer',
          operation: done,
          usesHold: false,
          lines: [
            { account: other, amount: sol * SOL },
            { account: vaultAccount('warm-1', 'SOL'), amount: -sol * SOL },
          ],
          corrects: null,
          at: new Date(),
        }),
      );
      await expect(posting).rejects.toThrow();
      expect(await holds('warm-1')).toBe((7n * SOL).toString());
    },
  );

  it('moves what was stated also where it is the first: less than that is refused', async () => {
    const waiting = await raise({ amount: '1' });
    const posting = inTransaction(desk.worker.db, (tx) =>
      postVaultTransfer(tx, {
        operation: waiting,
        from: 'warm-1',
        to: 'hot-1',
        asset: 'SOL',
        amount: SOL - 1n,
        fee: 0n,
      }),
    );
    expect(sqlStateOf(await posting.catch((error: unknown) => error))).toBe('CS004');
  });

  it('is listed with both vaults, and its page has amount, fee and journal', async () => {
    const { actor } = desk.people.marek;
    const { rows } = valueOf(await listOperations(actor, {}, desk.context));
    expect(rows.find(({ id }) => id === done)).toMatchObject({
      route: 'warm-1 → hot-1',
      kindName: 'Vault transfer',
      amount: '3.000000000',
    });
    const asked = { kind: 'vault-transfer', standing: 'ended', asset: 'SOL' };
    const narrowed = valueOf(await listOperations(actor, asked, desk.context));
    expect(new Set(narrowed.rows.map(({ kindName }) => kindName))).toEqual(
      new Set(['Vault transfer']),
    );
    expect(narrowed.rows.map(({ id }) => id)).toContain(done);
    expect(
      valueOf(await listOperations(actor, { ...asked, standing: 'open' }, desk.context)).rows,
    ).not.toContainEqual(expect.objectContaining({ id: done }));
    expect(valueOf(await listOperations(actor, { kind: 'theft' }, desk.context))).toMatchObject({
      rows: [],
      problem: expect.stringContaining('no kind of operation'),
    });
    expect(valueOf(await viewOperation(actor, done, desk.context))).toMatchObject({
      state: 'confirmed',
      fee: '0.000010000 SOL, paid by the custodian',
      transactions: [
        {
          phase: 'confirmed',
          fault: null,
          ranIn: expect.stringMatching(/^slot \d+$/),
          contents: { memo: null, fee: { value: '0.000010000', asset: 'SOL' } },
        },
      ],
      journals: [{ id: expect.any(String) }],
      hold: null,
    });
  });

  it('is refused by name where the form can’t be: one vault, no such vault, too much, too little to open an account', async () => {
    const refusals = await Promise.all([
      ask({ to: 'warm-1' }),
      ask({ to: 'hot-9' }),
      ask({ amount: '7.000000001' }),
      ask({ asset: 'ETH' }),
    ]);
    expect(refusals.map((answer) => (answer.ok ? 'ok' : answer.refusal.code))).toEqual([
      'form-invalid',
      'form-invalid',
      'vault-short',
      'form-invalid',
    ]);
    // The page shows each at its field, and leads there.
    expect(refusals.map((answer) => (answer.ok ? 'ok' : answer.refusal.field))).toEqual([
      'to',
      'to',
      'from',
      'to',
    ]);
  });

  it('whose address in the record is another than the parties derive is held by them, and nothing moves', async () => {
    const { address } = await desk.owner.vault.findUniqueOrThrow({ where: { id: 'hot-1' } });
    await desk.owner.vault.update({
      where: { id: 'hot-1' },
      data: { address: freshKey().address },
    });
    const operation = await raise({ amount: '1' });
    expect(await advance(desk, operation)).toBe('held');
    const row = await desk.owner.operation.findUniqueOrThrow({ where: { id: operation } });
    expect(row.stopCode).toBe('transfer-destination-differs');
    await desk.owner.vault.update({ where: { id: 'hot-1' }, data: { address } });
    expect(await holds('hot-1')).toBe((3n * SOL).toString());
  });

  it('stands still while the vault that would get it is frozen', async () => {
    const operation = await raise({ amount: '1' });
    const prepared = await prepareFreeze(
      desk.people.jonas.actor,
      {
        operation: randomUUID(),
        scope: { what: 'vault', vault: 'hot-1' },
        reason: 'Something looks wrong.',
      },
      desk.context,
    );
    valueOf(await state(desk, 'jonas', prepared));
    expect(await advance(desk, operation)).toBe('held');
    expect(await ask({ amount: '1' })).toMatchObject({ ok: false });
  });
});
