/**
 * Measures keys on secp256k1: how long making one takes, and a signature by two of three processes beside
 * the same maths in one process and a signature with an ordinary key.
 */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { aggregateAsParties, dealtKey, signInOneProcess, timed } from './bench-one-process.ts';
import { dealSigners, freshSubject, runSigning, type Dealt } from './dkls/testing/signers.ts';
import { runKeyCeremony } from './client/key-ceremony.ts';
import { adopt, partyStatus, type PartyClient } from './client/party-client.ts';
import { signTransaction } from './client/sign-transaction.ts';
import { groupAt, shareAt } from './frost/derive.ts';
import { signingScheme } from './frost/scheme.ts';
import { suiteOf } from './frost/suite.ts';
import {
  accountOf,
  bitcoinListing,
  bitcoinWithdrawal,
  CLIENT,
  outside,
  paymentFor,
} from './testing/bitcoin.ts';
import { holdGenesis, must, removeAll, startParties, type Custody } from './testing/custody.ts';
import { keyCeremonyIntent, segwitKey, taprootKey } from './testing/organisation.ts';

/** Milliseconds; the lists of signatures belong together turn by turn. */
export type SuiteTimes = {
  /** From the stated ceremony to a key that signs, three parties; with pairs where the suite has them. */
  setup: number[];
  /** A payment of one coin, from the request to the signature, verified by whoever asked. */
  acrossProcesses: number[];
  /** The same maths, both holders one step after the other in this process. */
  oneProcess: number[];
  /** An ordinary private key, by noble. */
  singleKey: number[];
  /** The longest that a signing party took to answer anything else during a signature. */
  longestWait: number[];
  /** The same while nothing is signed. */
  idleWait: number[];
};

export type BenchedSuite = 'bip340' | 'ecdsa';

const WARM_UP = 3;
const WAITS = 10;
const IDLE_ASKS = 10;

type Payment = ReturnType<typeof paymentFor>;
type Maths = { oneProcess: (payment: Payment) => void; singleKey: (payment: Payment) => void };

const partOf = ({ parts }: Payment) => {
  const [part] = parts;
  if (!part) throw new Error('A payment of one coin has one part.');
  return { part, bytes: new Uint8Array(Buffer.from(part.bytes, 'hex')) };
};

function taprootMaths(): Maths {
  const suite = suiteOf(taprootKey.suite);
  const scheme = signingScheme(taprootKey.suite);
  if (!scheme) throw new Error('The suite signs with FROST.');
  const key = dealtKey(suite);
  const secret = schnorr.utils.randomSecretKey();
  return {
    oneProcess: (payment) => {
      const { part, bytes: message } = partOf(payment);
      // Both holders and whoever adds up work the key at this place out for themselves.
      const derived = () => groupAt(suite, key.group, part);
      const holders = key.holders.map(({ index, signingShare, group }) => ({
        index,
        signingShare: shareAt(suite, group, signingShare, part),
        group: derived(),
      }));
      signInOneProcess({ group: derived(), holders }, scheme, message, aggregateAsParties);
    },
    singleKey: (payment) => void schnorr.sign(partOf(payment).bytes, secret),
  };
}

function ecdsaMaths(): Maths {
  const dealt: Dealt = dealSigners(3, 2);
  const secret = secp256k1.utils.randomSecretKey();
  return {
    oneProcess: (payment) => {
      const subject = freshSubject(dealt, [1, 2], partOf(payment).bytes);
      for (const outcome of runSigning(dealt, subject).values())
        if (!outcome.ok) throw new Error(outcome.refusal);
    },
    singleKey: (payment) =>
      void secp256k1.sign(partOf(payment).bytes, secret, { prehash: false, lowS: true }),
  };
}

const kinds = { bip340: taprootKey, ecdsa: segwitKey } as const;
const maths = { bip340: taprootMaths, ecdsa: ecdsaMaths } as const;
const accounts = { bip340: 'p2tr', ecdsa: 'p2wpkh' } as const;

/** Asks a party something that it answers at once, again and again; the longest answer in milliseconds. */
async function longestWait(
  client: PartyClient,
  isOver: (asks: number) => boolean,
): Promise<number> {
  let longest = 0;
  for (let asks = 0; !isOver(asks); asks += 1)
    longest = Math.max(longest, await timed(async () => must(await partyStatus(client))));
  return longest;
}

/** Payments of one coin each, no two of them the same. */
function* payments(publicKey: string, suite: BenchedSuite, to: string): Generator<Payment, never> {
  const account = accountOf(publicKey, CLIENT, accounts[suite]);
  for (let more = 0n; ; more += 1n) yield paymentFor(account, to, { amounts: [120_000n + more] });
}

async function makeKeys(
  { parties, organisation }: Custody,
  suite: BenchedSuite,
  of: { setups: number; signal: AbortSignal },
): Promise<{ setup: number[]; publicKey: string }> {
  const clients = parties.map(({ client }) => client);
  const setup: number[] = [];
  let publicKey = '';
  for (let place = 1; place <= of.setups; place += 1) {
    of.signal.throwIfAborted();
    const names = [`key-warm-${place}`, `warm-${place}`] as const;
    const bundle = organisation.bundle(keyCeremonyIntent(...names, undefined, kinds[suite]));
    setup.push(
      await timed(async () => {
        const made = must(await runKeyCeremony(clients, bundle));
        if (place === 1) ({ publicKey } = made);
      }),
    );
  }
  return { setup, publicKey };
}

async function measure(
  custody: Custody,
  suite: BenchedSuite,
  of: { setups: number; samples: number; signal: AbortSignal },
): Promise<SuiteTimes> {
  const { setup, publicKey } = await makeKeys(custody, suite, of);
  const all = custody.parties.map(({ client }) => client);
  const destination = { id: 'acme-treasury', address: outside() };
  const listing = custody.organisation.bundle(bitcoinListing(destination.id, destination.address));
  for (const client of all) must(await adopt(client, listing));
  const clients = all.slice(0, 2);
  const [signer] = clients;
  if (!signer) throw new Error('Two parties sign.');
  const next = payments(publicKey, suite, destination.address);
  const { oneProcess, singleKey } = maths[suite]();
  const times: SuiteTimes = {
    setup,
    acrossProcesses: [],
    oneProcess: [],
    singleKey: [],
    longestWait: [],
    idleWait: [],
  };
  const sign = async (payment: Payment): Promise<void> => {
    const bundle = custody.organisation.bundle(bitcoinWithdrawal(destination));
    must(await signTransaction({ clients, bundle, transaction: payment }));
  };
  // Turn by turn, so that whatever else the machine does falls on all alike.
  for (let turn = 0; turn < of.samples + WARM_UP; turn += 1) {
    of.signal.throwIfAborted();
    const payment = next.next().value;
    const across = await timed(() => sign(payment));
    const alone = await timed(() => {
      oneProcess(payment);
    });
    const single = await timed(() => {
      singleKey(payment);
    });
    if (turn < WARM_UP) continue;
    times.acrossProcesses.push(across);
    times.oneProcess.push(alone);
    times.singleKey.push(single);
  }
  // Apart from the rest, because asking slows signing.
  for (let turn = 0; turn < WAITS; turn += 1) {
    of.signal.throwIfAborted();
    let isOver = false;
    const signing = sign(next.next().value).finally(() => {
      isOver = true;
    });
    times.longestWait.push(await longestWait(signer, () => isOver));
    await signing;
    times.idleWait.push(await longestWait(signer, (asks) => asks >= IDLE_ASKS));
  }
  return times;
}

/**
 * Starts three party processes in temporary folders, makes keys and signs payments with two of them.
 * @param of.setups how many keys are made; the first of them signs.
 * @throws when aborted; the parties are gone by then.
 */
export async function benchSuite(
  suite: BenchedSuite,
  of: { setups: number; samples: number; signal: AbortSignal },
): Promise<SuiteTimes> {
  const custody = await startParties({ caps: [{ asset: 'BTC', perOperation: '100000000' }] });
  try {
    await holdGenesis(custody);
    return await measure(custody, suite, of);
  } finally {
    await removeAll(custody);
  }
}
