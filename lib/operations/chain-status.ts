/** What a chain's nodes say of themselves, one or two of them, and whether they tell of the same chain. */
import { BitcoinNodeError } from '#lib/chains/bitcoin/client/node-error.ts';
import { EthereumRpcError } from '#lib/chains/ethereum/client/rpc-error.ts';
import { SolanaRpcError } from '#lib/chains/solana/rpc-error.ts';
import { withinDeadline } from '#lib/platform/deadline.ts';

export type NewestBlock = { height: bigint; hash: string };

/** What is asked of a node, whichever chain it is of. */
export type NodeDoor = {
  newest(): Promise<NewestBlock>;
  /** Null for a block that it does not have. */
  hashAt(height: bigint): Promise<string | null>;
};

export type NodeStatus =
  | { answers: true; newest: string }
  /** A short code, such as `node-timeout`. */
  | { answers: false; why: string };

/**
 * `ok`: all answer, and tell of one chain. `differ`: two tell of different chains. `behind`: one lies too far behind the
 * other. `one-away`: one of two gives no answer. `no-access`: there, but only the worker may ask.
 */
export type ChainVerdict =
  | 'ok'
  | 'differ'
  | 'behind'
  | 'one-away'
  | 'unreachable'
  | 'other-chain'
  | 'no-access';

export type ChainStatus = { verdict: ChainVerdict; nodes: NodeStatus[] };

/** A node that hangs, and one that answers in drops, cost no more than this. */
const answerMs = 2_500;

type Asked = { door: NodeDoor; newest: NewestBlock } | { why: string };

/**
 * @param doors one or two.
 * @param lagMax blocks by which an honest node may be behind another.
 */
export async function askChain(doors: readonly NodeDoor[], lagMax: number): Promise<ChainStatus> {
  const asked = await Promise.all(doors.map(askNode));
  const nodes = asked.map((one): NodeStatus =>
    'why' in one
      ? { answers: false, why: one.why }
      : { answers: true, newest: String(one.newest.height) },
  );
  return { nodes, verdict: await verdictOn(asked, lagMax) };
}

async function askNode(door: NodeDoor): Promise<Asked> {
  return withinDeadline(
    door.newest().then(
      (newest) => ({ door, newest }),
      (error: unknown) => ({ why: faultOf(error) }),
    ),
    answerMs,
    { why: 'no-answer-in-time' },
  );
}

/** @throws what is no fault of a node. */
function faultOf(error: unknown): string {
  if (
    error instanceof BitcoinNodeError ||
    error instanceof EthereumRpcError ||
    error instanceof SolanaRpcError
  )
    return error.fault;
  throw error;
}

const otherChain: ReadonlySet<string> = new Set(['node-other-chain', 'rpc-other-chain']);

async function verdictOn(asked: readonly Asked[], lagMax: number): Promise<ChainVerdict> {
  const faults = asked.flatMap((one) => ('why' in one ? [one.why] : []));
  const answers = asked.flatMap((one) => ('why' in one ? [] : [one]));
  if (faults.some((why) => otherChain.has(why))) return 'other-chain';
  // Whoever refuses a name and password is there; only the worker has them.
  if (faults.length > 0 && faults.every((why) => why === 'node-unauthorised')) return 'no-access';
  if (faults.length > 0) return answers.length > 0 ? 'one-away' : 'unreachable';
  const [one, two] = answers;
  return one && two ? compareTwo(one, two, lagMax) : 'ok';
}

type Answer = Extract<Asked, { door: NodeDoor }>;

/** They tell of one chain where the one that is ahead has the other's newest block in it. */
async function compareTwo(one: Answer, two: Answer, lagMax: number): Promise<ChainVerdict> {
  const [lower, ahead] = one.newest.height <= two.newest.height ? [one, two] : [two, one];
  if (ahead.newest.height - lower.newest.height > BigInt(lagMax)) return 'behind';
  const { height, hash } = lower.newest;
  if (ahead.newest.height === height) return ahead.newest.hash === hash ? 'ok' : 'differ';
  const there = await withinDeadline(
    ahead.door.hashAt(height).catch((error: unknown) => {
      faultOf(error);
      return 'no-answer' as const;
    }),
    answerMs,
    'no-answer' as const,
  );
  if (there === 'no-answer') return 'one-away';
  return there === hash ? 'ok' : 'differ';
}
