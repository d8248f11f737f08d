import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '#lib/platform/context.ts';
import { openWorkplace, type Workplace } from '#lib/sandbox/colleagues/testing/workplace.ts';
import { createSandboxControl } from '#lib/sandbox/solana/control.ts';
import { startSandbox, type SandboxProcess } from '#lib/sandbox/solana/testing/sandbox-process.ts';
import { freshKey, until } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { creditDeposit } from '#lib/ledger/credit-deposit.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { createVault } from '#lib/ledger/testing/books.ts';
import { checkRecipient, tooLittleFor } from './check-recipient.ts';
import { prepareWithdrawal } from './prepare-withdrawal.ts';
import { intentFor } from './testing/chain-desk.ts';

/** What the Solana runtime asks an account without data to hold. */
const minimum = 890_880n;

let place: Workplace;
let chain: SandboxProcess;
let silent: Server;
const data = mkdtempSync(join(tmpdir(), 'cs-recipient-'));

beforeAll(async () => {
  place = await openWorkplace();
  chain = await startSandbox({ data });
  silent = createServer(() => undefined).listen(0, '127.0.0.1');
});
afterAll(async () => {
  silent.closeAllConnections();
  silent.close();
  await chain.stop('SIGKILL');
  rmSync(data, { recursive: true, force: true });
  await place.close();
});

const at = (solanaRpc: string): Context => ({
  ...place.context,
  settings: { ...place.context.settings, solanaRpc },
});
const check = (to: string, amount: bigint, context = at(chain.url)) =>
  checkRecipient(intentFor({ operation: randomUUID(), client: 'C-20418', to, amount }), context);

describe('the recipient of a payment', () => {
  it('gets enough when the payment and what it holds reach what the chain asks of an account', async () => {
    const { address } = freshKey();
    expect(await check(address, minimum)).toEqual({ state: 'enough' });
    expect(await check(address, minimum - 1n)).toEqual({
      state: 'too-little',
      minimum: '0.000890880 SOL',
      least: '0.000890880 SOL',
    });
    await createSandboxControl(chain.url).deposit(address, minimum);
    const client = createSolanaClient(chain.url);
    await until('the coins are there', async () => (await client.getBalance(address)) > 0n);
    expect(await check(address, 1n)).toEqual({ state: 'enough' });
  });

  it('is unknown when the chain is away, hangs, is another one, or is not named', async () => {
    const { address } = freshKey();
    const { port } = silent.address() as { port: number };
    expect(await check(address, 1n, at('http://127.0.0.1:1'))).toEqual({ state: 'unknown' });
    expect(await check(address, 1n, place.context)).toEqual({ state: 'unknown' });
    const began = performance.now();
    expect(await check(address, 1n, at(`http://127.0.0.1:${port}`))).toEqual({ state: 'unknown' });
    expect(performance.now() - began).toBeLessThan(4_000);
    const elsewhere = await openWorkplace();
    try {
      await elsewhere.owner.chainIdentity.create({
        data: { chain: 'solana:sandbox', genesisHash: '4'.repeat(44) },
      });
      expect(await check(address, 1n, { ...at(chain.url), db: elsewhere.context.db })).toEqual({
        state: 'unknown',
      });
    } finally {
      await elsewhere.close();
    }
  });
});

describe('a payment on Bitcoin', () => {
  /** 32 bytes behind a version, and 20: their dust differs. */
  const taproot = 'bcrt1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqc8gma6';
  const keyHash = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080';
  const pay = (to: string, amount: bigint) =>
    checkRecipient(
      {
        ...intentFor({ operation: randomUUID(), client: 'C-20418', to, amount }),
        chain: BITCOIN_REGTEST,
        asset: 'BTC',
      },
      place.context,
    );

  it('is dust below what nodes pass on to an address of that kind, and enough from there', async () => {
    expect(await pay(taproot, 329n)).toEqual({ state: 'dust', least: '0.00000330 BTC' });
    expect(await pay(taproot, 330n)).toBeNull();
    expect(await pay(keyHash, 293n)).toEqual({ state: 'dust', least: '0.00000294 BTC' });
    expect(await pay(keyHash, 294n)).toBeNull();
  });

  it('is refused at the amount with the least that would do', () => {
    expect(tooLittleFor({ state: 'dust', least: '0.00000330 BTC' }, 'address')).toEqual({
      ok: false,
      refusal: {
        code: 'amount-below-dust',
        sentence:
          'So little is dust, which no node passes on. Enter at least 0.00000330 BTC for this address.',
        field: 'amount',
      },
    });
    expect(tooLittleFor({ state: 'unknown' }, 'address')).toBeNull();
    expect(tooLittleFor(null, 'address')).toBeNull();
  });
});

describe('raising a withdrawal to a new address', () => {
  const client = 'C-20418';
  let destination: string;

  beforeAll(async () => {
    const { owner } = place;
    await createVault(owner, freshKey().address);
    destination = 'new-wallet';
    await owner.destination.create({
      data: {
        id: destination,
        clientId: client,
        chain: 'solana:sandbox',
        asset: 'SOL',
        address: freshKey().address,
        label: 'New wallet',
        class: 'client-wallet',
        expiresAt: new Date(Date.now() + 86_400_000),
        state: 'proposed',
      },
    });
    await owner.destination.update({
      where: { id: destination },
      data: { state: 'listed', listedAt: new Date(Date.now() - 3_600_000) },
    });
    const credited = await creditDeposit(owner, {
      chain: 'solana:sandbox',
      txid: 'deposit-1',
      vault: 'warm-1',
      client,
      asset: 'SOL',
      amount: 2_000_000_000n,
    });
    if (!credited.ok) throw new Error(credited.refusal.sentence);
    await owner.vault.create({
      data: {
        id: 'hot-1',
        name: 'Hot 1',
        tier: 'hot',
        chain: 'solana:sandbox',
        keyId: 'key-warm-1',
        address: freshKey().address,
      },
    });
  });

  const prepare = async (amount: string, context: Context, vault = 'warm-1') => {
    const { actor } = await place.team.signIn('ada');
    const form = {
      operation: randomUUID(),
      client,
      vault,
      destination,
      asset: 'SOL',
      amount,
      memo: '',
      reason: 'Client withdrawal',
    };
    return prepareWithdrawal(actor, form, context);
  };

  it('is refused with the least that would do, before anybody states', async () => {
    const refused = await prepare('0.00089087', at(chain.url));
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'recipient-below-minimum' } });
    if (!refused.ok) expect(refused.refusal.sentence).toContain('0.000890880 SOL');
    expect(await prepare('0.00089088', at(chain.url))).toMatchObject({ ok: true });
  });

  it('goes on when the chain cannot be asked', async () => {
    expect(await prepare('0.00000001', at('http://127.0.0.1:1'))).toMatchObject({ ok: true });
  });

  it('is refused at once when the client or the vault does not have it', async () => {
    const short = async (amount: string, vault?: string) => {
      const answer = await prepare(amount, at(chain.url), vault);
      return answer.ok ? 'taken' : `${answer.refusal.code}: ${answer.refusal.sentence}`;
    };
    expect(await short('2.000000001')).toMatch(
      /^insufficient-balance: .* 2\.000000000 SOL available/,
    );
    expect(await short('1', 'hot-1')).toMatch(
      /^vault-short: .* 0\.000000000 SOL lies in vault hot-1/,
    );
    expect(await short('2')).toBe('taken');
  });
});
