/** Measures what the parties cost: a signature across processes beside the same one in one process. */
import { performance } from 'node:perf_hooks';
import { signTransaction, type SigningRound } from './client/sign-transaction.ts';
import {
  aggregateAndVerify,
  aggregateAsParties,
  dealtKey,
  signInOneProcess,
  timed,
} from './bench-one-process.ts';
import { proofScheme } from './frost/scheme.ts';
import { ed25519Suite } from './frost/suite.ts';
import {
  holdGenesis,
  must,
  openVault,
  randomNonce,
  removeAll,
  startParties,
  transferFor,
  type Custody,
  type Vault,
} from './testing/custody.ts';
import { withdrawalIntent } from './testing/organisation.ts';

/** Milliseconds; the lists belong together turn by turn. */
export type SigningTimes = {
  /** From the stated ceremony to a key that signs, and a destination listed; once. */
  setup: number[];
  /** From the request to co-sign a transaction to the verified signature, two parties. */
  acrossProcesses: number[];
  /** The same maths with noble alone in this process, one step after the other. */
  oneProcess: number[];
  /** The same, but adding the shares up in the parties' own quicker way. */
  oneProcessQuick: number[];
  /** How long each round of `acrossProcesses` took. */
  rounds: Record<'begin' | 'share' | 'finish', number[]>;
};

const WARM_UP = 8;
const scheme = proofScheme(ed25519Suite);

type Transaction = ReturnType<typeof transferFor>;
type Bundle = Parameters<typeof signTransaction>[0]['bundle'];

/** Signs once and notes when each round began. */
async function signAcross(custody: Custody, bundle: Bundle, transaction: Transaction) {
  const began = new Map<SigningRound, number>();
  const clients = custody.parties.slice(0, 2).map(({ client }) => client);
  const total = await timed(async () => {
    const onRound = (round: SigningRound): void => void began.set(round, performance.now());
    must(await signTransaction({ clients, bundle, transaction, onRound }));
  });
  const at = (round: SigningRound): number => began.get(round) ?? Number.NaN;
  const begin = at('share') - at('begin');
  const share = at('finish') - at('share');
  return { total, rounds: { begin, share, finish: total - begin - share } };
}

async function compare(
  custody: Custody,
  vault: Vault,
  { samples, signal }: { samples: number; signal: AbortSignal },
): Promise<SigningTimes> {
  const key = dealtKey(ed25519Suite);
  const times: SigningTimes = {
    setup: [],
    acrossProcesses: [],
    oneProcess: [],
    oneProcessQuick: [],
    rounds: { begin: [], share: [], finish: [] },
  };
  // Turn by turn, so that whatever else the machine does falls on all alike.
  for (let turn = 0; turn < samples + WARM_UP; turn += 1) {
    signal.throwIfAborted();
    const intent = withdrawalIntent(vault.destination);
    const bundle = custody.organisation.bundle(intent);
    const transaction = transferFor(vault, intent, randomNonce());
    const { message } = transaction;
    const across = await signAcross(custody, bundle, transaction);
    const alone = await timed(() => signInOneProcess(key, scheme, message, aggregateAndVerify));
    const quick = await timed(() => signInOneProcess(key, scheme, message, aggregateAsParties));
    if (turn < WARM_UP) continue;
    times.acrossProcesses.push(across.total);
    times.oneProcess.push(alone);
    times.oneProcessQuick.push(quick);
    for (const round of ['begin', 'share', 'finish'] as const)
      times.rounds[round].push(across.rounds[round]);
  }
  return times;
}

/**
 * Starts three party processes in temporary folders, makes a key and signs withdrawals with two of
 * them: statements checked, transaction decoded, everything durable, as in service.
 * @param of.samples at least 30 for a median worth printing.
 * @throws when aborted; the parties are gone by then.
 */
export async function benchSigning(of: {
  samples: number;
  signal: AbortSignal;
}): Promise<SigningTimes> {
  const custody = await startParties();
  try {
    await holdGenesis(custody);
    const start = performance.now();
    const vault = await openVault(custody);
    const setup = [performance.now() - start];
    return { ...(await compare(custody, vault, of)), setup };
  } finally {
    await removeAll(custody);
  }
}
