/** Why a question to a Bitcoin node or index got no usable answer. */
export type NodeFault =
  /** No whole answer within the time-out. */
  | 'node-timeout'
  /** No connection, or it broke. */
  | 'node-unreachable'
  | 'node-rate-limited'
  /** The node doesn't accept how it is signed in to. */
  | 'node-unauthorised'
  /** An HTTP status that is given for no good question. */
  | 'node-http-error'
  | 'node-answer-too-large'
  /** Not what the interface promises, or more than can be looked through. */
  | 'node-bad-answer'
  /** Bytes that have another hash than asked for, or an amount that they don't say. */
  | 'node-answer-untrue'
  /** The node said no; see `code`. */
  | 'node-refused'
  /** The node is still catching up with its chain. */
  | 'node-behind'
  /** The node belongs to another chain than the one that is meant. */
  | 'node-other-chain';

export class BitcoinNodeError extends Error {
  override name = 'BitcoinNodeError';
  readonly fault: NodeFault;
  /** What was asked: a method of Core, or a path of Esplora without its parameters. */
  readonly asked: string;
  /** Core's error code of a refusal. */
  readonly code: number | null;
  /** What the node said in a refusal, at most 300 characters. */
  readonly said: string | null;

  constructor(
    fault: NodeFault,
    asked: string,
    sentence: string,
    refusal: { code: number | null; said: string } | null = null,
  ) {
    super(`${asked}: ${sentence}`);
    this.fault = fault;
    this.asked = asked;
    this.code = refusal?.code ?? null;
    this.said = refusal?.said ?? null;
  }
}
