/** How far the parties are with a key, as its page says it. Pure. */
import { refusalSentence } from '#lib/mpc/client/refusal-sentence.ts';
import type { KeyWorkView, StepState } from './key-work-view.ts';
import { pairSteps, roundsOf, type KeyWork, type KeyWorkKind } from './key-work.ts';

/** What happens in each round, for people who have never seen one. */
const roundWords: Readonly<Record<string, string>> = {
  look: 'Each party says which share it uses',
  begin: 'Each party checks the statements and promises its part',
  reveal: 'Each party opens its promise',
  deal: 'Each party deals a share to every other',
  finish: 'Each party checks what it was dealt and stores its share',
  prove: 'Each party proves that the key is the same',
  confirm: 'Each party confirms that all hold the same key',
  activate: 'Each party puts its share in use',
  erase: 'Each party erases the share of the epoch before',
};

function stateAt(
  place: number,
  of: { at: number; isOver: boolean; isStopped: boolean },
): StepState {
  if (of.isOver || place < of.at) return 'through';
  if (place > of.at) return 'to-come';
  return of.isStopped ? 'stopped' : 'now';
}

function pairsOf(work: KeyWork, isStopped: boolean): KeyWorkView['pairs'] {
  if (work.pairCount === 0) return null;
  const all = work.parties.flatMap((one, place) =>
    work.parties.slice(place + 1).map((other): [string, string] => [one, other]),
  );
  const steps = all.map((of) => {
    const known = work.pairs.find((pair) => of.every((name) => pair.of.includes(name)));
    const step = known?.step ?? null;
    if (step === 'ready') return { of, words: 'set up', state: 'through' as const };
    if (step === null) return { of, words: 'not yet', state: 'to-come' as const };
    const words = `step ${pairSteps.indexOf(step) + 1} of ${pairSteps.length}`;
    return { of, words, state: isStopped ? ('stopped' as const) : ('now' as const) };
  });
  const done = steps.filter(({ state }) => state === 'through').length;
  return { done, of: steps.length, steps };
}

const whatIsDone: Readonly<Record<KeyWorkKind, string>> = {
  'key-ceremony': 'The parties make the key',
  'key-refresh': 'The parties refresh the key',
};

export function viewKeyWork(work: KeyWork): KeyWorkView {
  const names: readonly string[] = roundsOf[work.kind];
  const { stopped, isThrough } = work;
  const isStopped = stopped !== null;
  const at = work.round === null ? 0 : Math.max(0, names.indexOf(work.round));
  const hasPairsBegun = work.pairs.some(({ step }) => step !== 'ready');
  const haveAllAnswered = work.parties.every((name) => work.answered.includes(name));
  const isLastThrough = at === names.length - 1 && haveAllAnswered;
  const isOver = isThrough || hasPairsBegun || isLastThrough;
  const steps = names.map((name, place) => ({
    name,
    words: roundWords[name] ?? name,
    state: stateAt(place, { at, isOver, isStopped }),
  }));
  const pairs = pairsOf(work, isStopped);
  const done = steps.filter(({ state }) => state === 'through').length;
  return {
    kind: work.kind,
    state: isThrough ? 'through' : isStopped ? 'stopped' : 'runs',
    doing: whatIsDone[work.kind],
    rounds: { done, of: names.length, steps },
    answers:
      isOver || work.round === null
        ? null
        : {
            have: work.answered,
            open: work.parties.filter((name) => !work.answered.includes(name)),
          },
    pairs,
    stop: stopped && {
      party: stopped.party,
      sentence: refusalSentence(stopped.refusal),
    },
  };
}
