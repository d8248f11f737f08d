/** How far the parties are with a key, as plain data for its page. Pure, and free of schemas: browsers load it. */
import { inWords } from '../policy-words.ts';
import type { KeyWorkKind } from './key-work.ts';

export type StepState = 'through' | 'now' | 'stopped' | 'to-come';

export type KeyWorkView = {
  kind: KeyWorkKind;
  state: 'runs' | 'stopped' | 'through';
  /** "The parties make the key": the same while it runs, so that nobody is told of each step. */
  doing: string;
  /** Rounds that are through, of how many. */
  rounds: { done: number; of: number; steps: { name: string; words: string; state: StepState }[] };
  /** In the round that runs: who has answered, and who has not. Null when there is none. */
  answers: { have: string[]; open: string[] } | null;
  /** Null where the key signs without pairs. */
  pairs: {
    done: number;
    of: number;
    steps: { of: [string, string]; words: string; state: StepState }[];
  } | null;
  stop: { party: string; sentence: string } | null;
};

/** "control and custody have answered; recovery has not." */
export function answerWords({ have, open }: { have: string[]; open: string[] }): string {
  const verb = (names: string[]): string => (names.length === 1 ? 'has' : 'have');
  if (have.length === 0) return `Waits for ${inWords(open)}.`;
  if (open.length === 0) return 'Every party has answered.';
  return `${inWords(have)} ${verb(have)} answered; ${inWords(open)} ${verb(open)} not yet.`;
}
