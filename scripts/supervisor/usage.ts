/** What every command says about the words typed after it. Pure. */
import { Problem } from './problem.ts';

/** True when somebody asks what a command takes; the usage is the answer then, and no fault. */
export const asksForHelp = (words: readonly string[]): boolean =>
  words.some((word) => word === '--help' || word === '-h');

/** A fault in what was typed: a sentence about it, and below it what can be typed. */
export const misuse = (sentence: string, usage: string): Problem =>
  new Problem(`${sentence}\n\n${usage}`);

/** The fault of a word that a command does not know. */
export const unknownWord = (word: string, usage: string): Problem =>
  misuse(
    `There is no ${word.startsWith('-') ? 'option' : 'word'} “${word.slice(0, 60)}” here.`,
    usage,
  );

/** The fault that `parseArgs` of Node found, in a sentence. */
export function optionFault(error: unknown, usage: string): Problem {
  const text = error instanceof Error ? error.message : '';
  const option = /'(?:-\w, )?(--?[^\s'=]+)/.exec(text)?.[1];
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (option === undefined) return misuse('An option is not as it should be.', usage);
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return unknownWord(option, usage);
  return misuse(
    text.includes('does not take an argument')
      ? `${option} takes no value.`
      : `After ${option} comes a value.`,
    usage,
  );
}
