/**
 * Places outside the processes where a test can hold a message: a request before it is passed on,
 * or the reply to it. Relays let everything through here; what nobody holds passes at once.
 */

export type Side = 'request' | 'reply';

/** `pass` lets the message go on, `cut` breaks its connection as a dead machine would. */
export type Verdict = 'pass' | 'cut';

export type Gate = {
  /** Settles once a message of each of the labels is held here. */
  reached: Promise<void>;
  /** Lets go of what is held; from then on the gate holds nothing. */
  open: (verdict: Verdict) => void;
};

type Armed = {
  side: Side;
  /** Labels of which no message is held yet. */
  waiting: Set<string>;
  onReached: () => void;
  verdict: Promise<Verdict>;
};

const keyOf = (label: string, side: Side): string => `${side} ${label}`;

export class Gates {
  readonly #armed = new Set<Armed>();
  readonly #passed = new Map<string, number>();

  /** Holds the next message with each of these labels; those behind it pass. */
  arm(labels: readonly string[], side: Side): Gate {
    const reached = Promise.withResolvers<void>();
    const verdict = Promise.withResolvers<Verdict>();
    const armed: Armed = {
      side,
      waiting: new Set(labels),
      onReached: () => reached.resolve(),
      verdict: verdict.promise,
    };
    this.#armed.add(armed);
    return {
      reached: reached.promise,
      open: (answer) => {
        this.#armed.delete(armed);
        verdict.resolve(answer);
      },
    };
  }

  /** Asked by a relay for each message; waits while a gate holds it. */
  async through(label: string, side: Side): Promise<Verdict> {
    for (const armed of this.#armed) {
      if (armed.side !== side || !armed.waiting.delete(label)) continue;
      if (armed.waiting.size === 0) armed.onReached();
      const verdict = await armed.verdict;
      if (verdict === 'cut') return 'cut';
    }
    this.#passed.set(keyOf(label, side), this.passed(label, side) + 1);
    return 'pass';
  }

  /** How many messages with this label went on so far. */
  passed(label: string, side: Side): number {
    return this.#passed.get(keyOf(label, side)) ?? 0;
  }

  /** Counts from now on. */
  counter(): (label: string, side: Side) => number {
    const before = new Map(this.#passed);
    return (label, side) => this.passed(label, side) - (before.get(keyOf(label, side)) ?? 0);
  }
}
