/**
 * Measures keys on secp256k1: how long making one takes, and a signature by two of three processes beside
 * the same maths in one process and a signature with an ordinary key.
 */
import { timed } from './bench-one-process.ts';
import { drawKey, drawWork, type Work } from './bench-payments.ts';
import { BITCOIN_CAP, benchedSuites, type BenchedSuite } from './bench-suite-maths.ts';
import { benchTurns, type TurnTimes } from './bench-turns.ts';
import { signTransaction } from './client/sign-transaction.ts';
import {
  holdGenesis,
  must,
  only,
  removeAll,
  startParties,
  type Custody,
} from './testing/custody.ts';

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
  turns: TurnTimes;
};

const WARM_UP = 3;

type Measured = Omit<SuiteTimes, 'turns'>;

async function measure(
  custody: Custody,
  suite: BenchedSuite,
  of: { setups: number; samples: number; signal: AbortSignal },
): Promise<Measured> {
  const keys: string[] = [];
  const setup: number[] = [];
  for (let place = 1; place <= of.setups; place += 1) {
    of.signal.throwIfAborted();
    const make = drawKey(custody, suite, place);
    setup.push(await timed(async () => void keys.push(await make())));
  }
  const [publicKey] = keys;
  if (publicKey === undefined) throw new Error('A key signs.');
  const clients = custody.parties.slice(0, 2).map(({ client }) => client);
  const draw = drawWork(custody, suite, publicKey);
  const { oneProcess, oneProcessQuick, singleKey } = benchedSuites[suite].maths();
  const times: Measured = {
    setup,
    acrossProcesses: [],
    oneProcess: [],
    oneProcessQuick: [],
    singleKey: [],
  };
  const sign = async ({ payment, bundle }: Work): Promise<void> =>
    void must(await signTransaction({ clients, bundle, transaction: payment }));
  // Turn by turn, so that whatever else the machine does falls on all alike.
  for (let turn = 0; turn < of.samples + WARM_UP; turn += 1) {
    of.signal.throwIfAborted();
    const work = await draw({ amounts: [120_000n], amount: 90_000n });
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
  const custody = await startParties({ rules: { caps: [BITCOIN_CAP] } });
  let measured: Measured;
  try {
    await holdGenesis(custody);
    measured = await measure(custody, suite, of);
  } finally {
    await removeAll(custody);
  }
  return { ...measured, turns: await benchTurns(suite, of.signal) };
}
