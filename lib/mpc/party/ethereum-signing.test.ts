/** Payments out of an Ethereum vault, and what a crash in each round costs. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assemble } from '#lib/chains/ethereum/assemble.ts';
import { setUpPairs } from '../client/pair-setup.ts';
import type { PartyClient } from '../client/party-client.ts';
import { signTransaction, type SigningRound } from '../client/sign-transaction.ts';
import { CLIENT } from '../testing/bitcoin.ts';
import { must, type Vault } from '../testing/custody.ts';
import { etherAccount, etherTransfer, etherWithdrawal } from '../testing/ethereum.ts';
import { openLocalCustody, openLocalParty, type LocalCustody } from '../testing/in-process.ts';
import { etherKey } from '../testing/organisation.ts';
import { everyCap, openVaultOf } from '../testing/withdraw.ts';
import { closeParty } from './close-party.ts';

const keks = new Map<string, Uint8Array>();
const kekOf = (name: string): Uint8Array => {
  const kek = keks.get(name) ?? new Uint8Array(randomBytes(32));
  keks.set(name, kek);
  return kek.slice();
};

let custody: LocalCustody;
let vault: Vault;
let sent = 0n;

/** Reaches whichever process of the party is on now. */
const seat = (place: 0 | 1 | 2): PartyClient => ({
  ...custody.parties[place].client,
  call: (method, request) => custody.parties[place].client.call(method, request),
});
const everybody = () => ([0, 1, 2] as const).map(seat);

function restart(place: 0 | 1): void {
  const { party, folder } = custody.parties[place];
  closeParty(party);
  const { group } = party.config;
  custody.parties[place] = openLocalParty(group, custody.clock, {
    folder,
    kek: kekOf(group),
  });
}

beforeAll(async () => {
  custody = openLocalCustody(kekOf, undefined, everyCap);
  let crashed = false;
  vault = await openVaultOf(etherKey, custody, everybody(), {
    onPair: ({ step }) => {
      // In the middle of the first pair one of its parties is killed: the pair is set up again.
      if (step === 'answer' && !crashed) restart(1);
      crashed ||= step === 'answer';
    },
  });
}, 120_000);
afterAll(() => custody.remove());

const work = () => {
  const transaction = etherTransfer(vault.destination.address, sent);
  sent += 1n;
  const bundle = custody.organisation.bundle(etherWithdrawal(vault.destination));
  return { clients: everybody().slice(0, 2), bundle, transaction };
};

test('ether leaves a client’s account by two parties, and the signature carries whose it is', async () => {
  const of = work();
  const { signatures } = must(await signTransaction(of));
  expect(signatures.map(({ length }) => length)).toEqual([65]);
  const [signature = new Uint8Array()] = signatures;
  const account = etherAccount(vault.publicKey, CLIENT);
  const assembled = assemble(of.transaction.message, signature, account);
  expect(assembled.raw.length).toBeGreaterThan(of.transaction.message.length);
});

test.each<[SigningRound, 0 | 1]>([
  ['extend', 0],
  ['multiply', 1],
  ['share', 0],
  ['share', 1],
])('a party that restarts before `%s` costs a new session and nothing else', async (at, place) => {
  const of = work();
  let crashed = false;
  const signed = await signTransaction({
    ...of,
    onRound: (round) => {
      if (round === at && !crashed) {
        crashed = true;
        restart(place);
      }
    },
  });
  expect(must(signed).signatures).toHaveLength(1);
  expect(must(await setUpPairs(everybody(), 'key-warm-1')).pairs).toHaveLength(3);
});

test('a party that restarts after its share left signs the same transaction again, and no other', async () => {
  const of = work();
  let crashed = false;
  const signed = must(
    await signTransaction({
      ...of,
      onRound: (round) => {
        if (round === 'finish' && !crashed) {
          crashed = true;
          restart(0);
          restart(1);
        }
      },
    }),
  );
  expect(must(await signTransaction(of)).signatures).toEqual(signed.signatures);
  const other = { ...of, transaction: etherTransfer(vault.destination.address, sent) };
  expect(await signTransaction(other)).toMatchObject({ ok: false });
});
