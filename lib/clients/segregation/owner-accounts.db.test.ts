import { randomUUID } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressOfOwner, branchesOn, type VaultKey } from '#lib/chains/account-context.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import {
  clientAccount,
  networkFeesAccount,
  ownFundsAccount,
  ownInVaultAccount,
  suspenseAccount,
  vaultAccount,
} from '#lib/ledger/accounts.ts';
import { creditDeposit } from '#lib/ledger/credit-deposit.ts';
import { creditSeen } from '#lib/ledger/deposits/credit-seen.ts';
import { reverseDeposit } from '#lib/ledger/deposits/reverse-deposit.ts';
import { seeDeposit } from '#lib/ledger/deposits/see-deposit.ts';
import { postWithdrawal } from '#lib/ledger/post-withdrawal.ts';
import { closeBooks, move } from '#lib/ledger/testing/books.ts';
import { cosigned } from '#lib/operations/testing/owner-desk.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { book, correct, openClientDesk, type ClientDesk } from '../testing/desk.ts';
import { SegregationDesk } from './check-each-day.ts';
import { checkSegregation } from './check-segregation.ts';
import { classifyAddress } from './classify-address.ts';
import { gatherSegregation } from './gather-inputs.ts';
import { breachesOf, readInputs } from './inputs-document.ts';
import { viewSegregation } from './view-segregation.ts';

const people = ['C-1001', 'C-1002'] as const;
const vault = 'hot-1';
const publicKey = bytesToHex(secp256k1.getPublicKey(new Uint8Array(32).fill(7)));
const key: VaultKey = { chain: BITCOIN_REGTEST, suite: 'FROST-secp256k1-SHA256-TR-v1', publicKey };
const house = addressOfOwner(key, null);

let desk: ClientDesk;
beforeEach(async () => {
  desk = await openClientDesk(people);
  const { owner, worker } = desk.books;
  await owner.mpcKey.create({
    data: {
      id: 'key-hot-1',
      suite: key.suite,
      publicKey,
      threshold: 2,
      parties: ['control', 'custody', 'recovery'],
      operationId: randomUUID(),
    },
  });
  await owner.vault.create({
    data: {
      id: vault,
      name: 'Hot 1',
      tier: 'hot',
      chain: key.chain,
      keyId: 'key-hot-1',
      address: house,
    },
  });
  await worker.vaultAccount.createMany({ data: [null, ...people].flatMap(accountsOf) });
});
afterEach(() => closeBooks(desk.books));

const accountsOf = (clientId: string | null) =>
  branchesOn(key.chain).map((branch) => ({
    address: addressOfOwner(key, clientId, branch),
    vaultId: vault,
    clientId,
    branch,
  }));

let deposits = 0;
/** To the custodian's account where there is no client. */
async function arrive(client: string | null, amount: bigint): Promise<void> {
  deposits += 1;
  const { chain } = key;
  const of = { chain, txid: `arrival-${deposits}`, vault, asset: 'BTC', client, amount };
  valueOf(await creditDeposit(desk.books.worker, of));
}

const lie = vaultAccount(vault, 'BTC');
const own = ownInVaultAccount(vault, 'BTC');
const funds = ownFundsAccount('BTC');
const unclaimed = suspenseAccount('BTC');
const owed = (client: string) => clientAccount(client, 'BTC');
const line = (account: string, amount: bigint) => ({ account, amount });

/** A withdrawal that the chain has confirmed; the client bears a fee of one unit. */
async function withdraw(client: string, amount: bigint): Promise<void> {
  const { books } = desk;
  const to = addressOfOwner(key, 'C-66666');
  const { operation } = await cosigned(
    { books, key },
    { client, asset: 'BTC', amount, to, highestFee: 1n },
  );
  for (const state of ['signing', 'signed', 'broadcast'])
    await move(books.worker, operation, state);
  await inTransaction(books.worker, async (tx) => {
    await move(tx, operation, 'confirmed');
    const of = { operation, client, vault, asset: 'BTC', amount };
    valueOf(await postWithdrawal(tx, { ...of, fee: 1n, feeFrom: { client } }));
  });
}

const check = () => checkSegregation(desk.people[0].actor, desk.context);
const gather = () => inSnapshot(desk.books.web, (tx) => gatherSegregation(tx));
const found = async () =>
  breachesOf(await gather()).map(
    ({ kind, subject, about, amount }) => `${kind} ${subject} ${about ?? '-'} ${amount?.units}`,
  );

/** What came to the custodian's account is said to be its own, as the page of corrections suggests. */
const sayOwn = (units: bigint) =>
  correct(desk, [line(unclaimed, units), line(funds, -units), line(own, units), line(lie, -units)]);

describe('on a chain where every owner has an account of their own', () => {
  it('accounts are each their owner’s, and nothing is found while everybody’s coins lie at their own', async () => {
    await arrive('C-1001', 100n);
    await arrive('C-1002', 50n);
    await arrive(null, 7n);
    expect(await found()).toEqual([]);
    await sayOwn(7n);
    await withdraw('C-1001', 29n);
    await book(desk, [line(networkFeesAccount('BTC'), 2n), line(own, -2n)], 'network-fee');
    const { id, ...made } = valueOf(await check());
    expect(made).toEqual({ found: 0, incident: null });
    const kept = await desk.books.owner.segregationCheck.findUniqueOrThrow({ where: { id } });
    const inputs = readInputs(kept.inputs);
    expect(inputs).toEqual(await gather());
    expect(inputs).toMatchObject({
      addresses: expect.arrayContaining([
        expect.objectContaining({ address: house, ownerClass: 'own', source: 'vault' }),
      ]),
      held: [
        { client: null, vault, asset: 'BTC', units: '5' },
        { client: 'C-1001', vault, asset: 'BTC', units: '70' },
        { client: 'C-1002', vault, asset: 'BTC', units: '50' },
      ],
      owed: [
        { client: 'C-1001', asset: 'BTC', units: '70' },
        { client: 'C-1002', asset: 'BTC', units: '50' },
      ],
      depositsAt: [],
    });
  });

  it('finds a client’s coins at the custodian’s address', async () => {
    await arrive(null, 9n);
    await correct(desk, [line(unclaimed, 9n), line(owed('C-1001'), -9n)]);
    expect(await found()).toEqual([
      'client-coins-elsewhere BTC C-1001 9',
      'client-coins-at-own-address BTC - 9',
    ]);
    expect(valueOf(await check())).toMatchObject({ found: 2, incident: expect.any(String) });
    expect(valueOf(await check())).toMatchObject({ found: 2, incident: null });
    // The worker has its own rights, and goes by its own checks.
    await new SegregationDesk({ db: desk.books.worker, clock: desk.context.clock }).look();
    expect(
      await desk.books.owner.segregationCheck.findFirst({ where: { startedBy: 'schedule' } }),
    ).toMatchObject({ found: 2, incident: expect.any(String) });
  });

  it('finds the custodian’s coins at a client’s address', async () => {
    await arrive('C-1001', 20n);
    await correct(desk, [
      line(owed('C-1001'), 4n),
      line(funds, -4n),
      line(own, 4n),
      line(lie, -4n),
    ]);
    expect(await found()).toEqual([
      'others-coins-at-client-address BTC C-1001 4',
      'own-coins-at-client-address BTC - 4',
    ]);
  });

  it('finds one client’s coins at another client’s address', async () => {
    await arrive('C-1001', 20n);
    await correct(desk, [line(owed('C-1001'), 5n), line(owed('C-1002'), -5n)]);
    expect(await found()).toEqual([
      'others-coins-at-client-address BTC C-1001 5',
      'client-coins-elsewhere BTC C-1002 5',
    ]);
  });

  it('finds an account from which more left than ever came to it', async () => {
    await arrive('C-1001', 20n);
    await correct(desk, [line(owed('C-1001'), 5n), line(owed('C-1002'), -5n)]);
    await withdraw('C-1002', 4n);
    expect(await found()).toContain(
      `account-overdrawn ${addressOfOwner(key, 'C-1002')} C-1002 in hot-1 5`,
    );
  });

  it('takes a deposit that its chain took away for missing where it was spent, and for nothing where it was not', async () => {
    const { chain } = key;
    const seen = (place: string) => ({
      name: { chain, txid: 'ab'.repeat(32), vault, place },
      client: 'C-1001',
      asset: 'BTC',
      amount: 20n,
      from: 'not told by the chain',
      height: 103n,
      blockHash: 'cd'.repeat(32),
    });
    const { worker } = desk.books;
    const come = ({ name, ...rest }: ReturnType<typeof seen>) =>
      inTransaction(worker, async (tx) => {
        valueOf(await seeDeposit(tx, { ...name, ...rest }));
        valueOf(await creditSeen(tx, name));
      });
    const goAway = ({ name }: ReturnType<typeof seen>) =>
      inTransaction(worker, async (tx) => valueOf(await reverseDeposit(tx, name)));
    await come(seen('0'));
    await goAway(seen('0'));
    expect(await found()).toEqual([]);
    await come(seen('1'));
    await withdraw('C-1001', 19n);
    await goAway(seen('1'));
    expect((await gather()).owed).toEqual([{ client: 'C-1001', asset: 'BTC', units: '-20' }]);
    expect(await found()).toEqual([
      `account-overdrawn ${addressOfOwner(key, 'C-1001')} C-1001 in hot-1 20`,
    ]);
  });

  it('finds coins of an owner without an address on record', async () => {
    await desk.books.owner.client.create({ data: { id: 'C-1003' } });
    await arrive('C-1003', 3n);
    expect(await found()).toEqual(['no-account-on-record BTC C-1003 in hot-1 3']);
  });

  it('finds an owner’s account on a client’s list, and own coins under the name of a shared vault', async () => {
    const address = addressOfOwner(key, 'C-1002');
    await desk.books.owner.destination.create({
      data: {
        id: 'd-1',
        clientId: 'C-1001',
        chain: key.chain,
        asset: 'BTC',
        address,
        label: 'Theirs',
        class: 'other',
        state: 'proposed',
        expiresAt: desk.context.clock(),
      },
    });
    await book(
      desk,
      [line(ownInVaultAccount('warm-1', 'SOL'), 2n), line(ownFundsAccount('SOL'), -2n)],
      'own-funds',
    );
    expect(await found()).toEqual([
      'own-coins-at-client-address address warm-1 2',
      `own-address-on-list ${address} C-1001 undefined`,
    ]);
  });

  it('nobody registers an account under another owner, neither people nor a program', async () => {
    const { web } = desk.books;
    const { actor } = desk.people[0];
    const classify = (address: string, ownerClass: string, client = '') =>
      classifyAddress(actor, { chain: key.chain, address, ownerClass, client }, desk.context);
    const ofOne = addressOfOwner(key, 'C-1001', 'change');
    for (const [address, ownerClass, client] of [
      [house, 'client-omnibus', ''],
      [ofOne, 'own', ''],
      [ofOne, 'client-segregated', 'C-1002'],
    ] as const) {
      expect(await classify(address, ownerClass, client)).toMatchObject({
        refusal: { code: 'address-in-two-classes' },
      });
      await expect(
        web.addressClass.create({
          data: {
            chain: key.chain,
            address,
            ownerClass,
            clientId: client === '' ? null : client,
            recordedBy: actor.personId,
            recordedAt: new Date(),
          },
        }),
      ).rejects.toThrow('it has another owner class');
    }
    valueOf(await classify(house, 'own'));
    valueOf(await classify(ofOne, 'client-segregated', 'C-1001'));
    expect(await found()).toEqual([]);
  });

  it('accounts are shown page by page, each once, with the owner of each', async () => {
    const more = Array.from({ length: 40 }, (_, at) => `C-${2000 + at}`);
    await desk.books.owner.client.createMany({ data: more.map((id) => ({ id })) });
    await desk.books.worker.vaultAccount.createMany({ data: more.flatMap(accountsOf) });
    const page = async (accounts: string | null, find: string | null = null) => {
      const wanted = { before: null, accounts, find };
      return valueOf(await viewSegregation(desk.auditor, wanted, desk.context));
    };
    const first = await page(null);
    const second = await page(first.accounts.next);
    // The custodian's change account, and two of each client; its other one is the vault's address.
    const total = 1 + 2 * (people.length + more.length);
    expect([first.accounts.total, first.accounts.lines.length]).toEqual([total, 50]);
    expect([second.accounts.lines.length, second.accounts.next]).toEqual([total - 50, null]);
    const lines = [...first.accounts.lines, ...second.accounts.lines];
    expect(new Set(lines.map(({ address }) => address)).size).toBe(total);
    expect(
      lines.map(({ client, className, branch }) => [client, className, branch]),
    ).toContainEqual(['C-2039', 'One client alone', 'receive']);
    const ofOne = [addressOfOwner(key, 'C-2039'), addressOfOwner(key, 'C-2039', 'change')];
    const { accounts } = await page(null, ' C-2039 ');
    expect([accounts.find, accounts.total]).toEqual(['C-2039', 2]);
    expect(new Set(accounts.lines.map(({ address }) => address))).toEqual(new Set(ofOne));
    expect((await page(null, ofOne[1])).accounts.lines).toMatchObject([
      { address: ofOne[1], client: 'C-2039', branch: 'change' },
    ]);
    const spaced = `${ofOne[0]?.slice(0, 4)} ${ofOne[0]?.slice(4)}\u0000`.toUpperCase();
    expect((await page('\u0000', spaced)).accounts).toMatchObject({
      lines: [{ address: ofOne[0] }],
      total: 1,
    });
    expect((await page(null, 'nobody')).accounts).toMatchObject({ lines: [], total: 0 });
    expect((await page(null, '  ')).accounts.total).toBe(total);
    expect(lines[0]).toMatchObject({ client: null, className: 'The custodian’s own' });
    expect(first.addresses).toContainEqual(
      expect.objectContaining({ address: house, className: 'The custodian’s own' }),
    );
  });
});
