/**
 * Two nodes of one chain were asked the same and did not both give the same answer. What would rest on it
 * is held until they do: nobody guesses which is right.
 */
export class EndpointsDiffer extends Error {
  override name = 'EndpointsDiffer';
  /** What was asked. */
  readonly asked: string;

  constructor(asked: string, sentence: string) {
    super(`${asked}: ${sentence}`);
    this.asked = asked;
  }
}

type Verdict<T> =
  | { verdict: 'agree'; value: T }
  | { verdict: 'disagree' | 'one-away' | 'both-away'; fault?: string; away?: 'first' | 'second' };

/**
 * The answer that both gave.
 * @throws EndpointsDiffer where they differ, or one or both gave none.
 */
export function agreedOn<T>(asked: string, compared: Verdict<T>): T {
  switch (compared.verdict) {
    case 'agree':
      return compared.value;
    case 'disagree':
      throw new EndpointsDiffer(asked, 'the two nodes give different answers');
    case 'one-away':
      throw new EndpointsDiffer(
        asked,
        `the ${compared.away ?? 'other'} of the two nodes gives no answer (${compared.fault ?? 'away'})`,
      );
    case 'both-away':
      throw new EndpointsDiffer(
        asked,
        `neither of the two nodes gives an answer (${compared.fault ?? 'away'})`,
      );
  }
}
