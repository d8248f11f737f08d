/**
 * Measures keys on secp256k1: how long making one takes, and a signature by two of three processes beside
 * the same maths in one process and a signature with an ordinary key.
 */
import { timed } from './bench-one-process.ts';
import { benchedSuites, type BenchedSuite } from './bench-suite-maths.ts';
import { runKeyCeremony } from './client/key-ceremony.ts';
import { adopt, partyStatus, type PartyClient } from './client/party-client.ts';
import { signTransaction } from './client/sign-transaction.ts';
import {
  accountOf,
  bitcoinListing,
  bitcoinWithdrawal,
  outside,
  paymentFor,
} from './testing/bitcoin.ts';
import {
  holdGenesis,
  must,
  only,
  removeAll,
  startParties,
  type Custody,
} from './testing/custody.ts';
import { keyCeremonyIntent } from './testing/organisation.ts';

/** Milliseconds; the lists of signatures belong together turn by turn. */
export type SuiteTimes = {
  /** From the stated ceremony to a key that signs, three parties; with pairs where the suite has them. */
  setup: number[];
  /** A payment of one coin, from the request to the signature, verified by whoever asked. */
  acrossProcesses: number[];
  /** The same maths by noble alone, both holders one step after the other in this process. */
  oneProcess: number[];
  /** The same in the parties' own quicker way; empty where there is none. */
  oneProcessQuick: number[];
  /** An ordinary private key, by noble. */
  singleKey: number[];
  /** The longest that a signing party took to answer anything else during a signature. */
  longestWait: number[];
  /** The same for as many coins as parties sign together. */
  longestWaitLarge: number[];
  /** The same while nothing is signed. */
  idleWait: number[];
};

const WARM_UP = 3;
const WAITS = 10;
const IDLE_ASKS = 10;
/** Signatures of as many coins as a payment may have. */
const LARGE_WAITS = 4;
/** What their coins have beyond the amount, in satoshi: above the fee, and less than one coin and the fee. */
const LEFT = 20_000n;

type Payment = ReturnType<typeof paymentFor>;
/** A payment, and the statements behind it. */
type Work = { payment: Payment; bundle: ReturnType<Custody['organisation']['bundle']> };

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

/**
 * Payments, each of another client: nobody has worked out the keys of its account before. A destination
 * is listed for each; that is not part of what is measured.
 */
function drawWork(custody: Custody, suite: BenchedSuite, publicKey: string) {
  const address = outside();
  let drawn = 0;
  /** @param of.amount is as much as only all of the coins can pay. */
  return async (of: { amounts: readonly bigint[]; amount: bigint }): Promise<Work> => {
    drawn += 1;
    const client = `C-${10_000 + drawn}`;
    const destination = { id: `bench-${drawn}`, address };
    const listing = custody.organisation.bundle(bitcoinListing(destination.id, address, client));
    await Promise.all(
      custody.parties.map(async (party) => must(await adopt(party.client, listing))),
    );
    const account = accountOf(publicKey, client, benchedSuites[suite].account);
    const payment = paymentFor(account, address, of);
    if (payment.parts.length !== of.amounts.length) throw new Error('Every coin is needed.');
    const intent = bitcoinWithdrawal(destination, String(of.amount), client);
    return { payment, bundle: custody.organisation.bundle(intent) };
  };
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
    const bundle = organisation.bundle(
      keyCeremonyIntent(...names, undefined, benchedSuites[suite].key),
    );
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
  const clients = custody.parties.slice(0, 2).map(({ client }) => client);
  const [signer] = clients;
  if (!signer) throw new Error('Two parties sign.');
  const draw = drawWork(custody, suite, publicKey);
  const oneCoin = () => draw({ amounts: [120_000n], amount: 90_000n });
  const { oneProcess, oneProcessQuick, singleKey } = benchedSuites[suite].maths();
  const times: SuiteTimes = {
    setup,
    acrossProcesses: [],
    oneProcess: [],
    oneProcessQuick: [],
    singleKey: [],
    longestWait: [],
    longestWaitLarge: [],
    idleWait: [],
  };
  const sign = async ({ payment, bundle }: Work): Promise<void> =>
    void must(await signTransaction({ clients, bundle, transaction: payment }));
  // Turn by turn, so that whatever else the machine does falls on all alike.
  for (let turn = 0; turn < of.samples + WARM_UP; turn += 1) {
    of.signal.throwIfAborted();
    const work = await oneCoin();
    const part = only(work.payment.parts);
    const across = await timed(() => sign(work));
    const alone = await timed(() => {
      oneProcess(part);
    });
    // At a place of its own, or the one before would have worked the key out for it.
    const elsewhere = {
      ...part,
      path: part.path.map((step, at) => (at === 2 ? step + 1_000_000 : step)),
    };
    const quick = oneProcessQuick && (await timed(() => oneProcessQuick(elsewhere)));
    const single = await timed(() => {
      singleKey(part);
    });
    if (turn < WARM_UP) continue;
    times.acrossProcesses.push(across);
    times.oneProcess.push(alone);
    if (quick !== null) times.oneProcessQuick.push(quick);
    times.singleKey.push(single);
  }
  // Apart from the rest, because asking slows signing.
  const waitDuring = async (work: Work): Promise<number> => {
    of.signal.throwIfAborted();
    let isOver = false;
    const signing = sign(work).finally(() => {
      isOver = true;
    });
    const longest = await longestWait(signer, () => isOver);
    await signing;
    return longest;
  };
  for (let turn = 0; turn < WAITS; turn += 1) {
    times.longestWait.push(await waitDuring(await oneCoin()));
    times.idleWait.push(await longestWait(signer, (asks) => asks >= IDLE_ASKS));
  }
  const { coinsMax } = benchedSuites[suite];
  const amounts = Array.from({ length: coinsMax }, (_, at) => LEFT + BigInt(at));
  const total = amounts.reduce((sum, amount) => sum + amount, 0n);
  for (let turn = 0; turn < LARGE_WAITS; turn += 1)
    times.longestWaitLarge.push(await waitDuring(await draw({ amounts, amount: total - LEFT })));
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
