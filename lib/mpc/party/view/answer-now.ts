/** The party's answer at this moment, in a sentence. */
import { movesShares, type IntentKind } from '#lib/protocol/intent-kinds.ts';
import { refusalSentence, type Refusal } from '../../refusals.ts';
import type { DryDecision } from '../dry-decision.ts';
import type { Party } from '../party.ts';
import type { Presented } from '../store/presented.ts';
import { doneHere } from './done-here.ts';
import { spanText, utc, type Fact, type Mark } from './section.ts';

/** What is missing and may still come, as opposed to what is wrong. */
const notYet: readonly Refusal[] = [
  'statements-incomplete',
  'own-group-missing',
  'channel-code-missing',
  'transaction-missing',
  'peer-word-missing',
  'peer-heads-differ',
  'destination-cooling-down',
  'delay-running',
  'time-lock-running',
  'fact-missing',
];

function waitNotes(shown: Presented, { input, waitSeconds }: DryDecision): string[] {
  if (waitSeconds === 0) return [];
  const attempt = shown.bundle.statements[0]?.statement.attempt;
  const begun = input.party.waits.find((wait) => wait.attempt === attempt);
  const whole = spanText(waitSeconds);
  if (!begun) return [`The wait is ${whole}. It begins when this party is asked to carry it out.`];
  const until = new Date(Date.parse(begun.since) + waitSeconds * 1000).toISOString();
  return [`The wait of ${whole} began at ${utc(begun.since)} and is over at ${utc(until)}.`];
}

const yes = (kind: IntentKind): string =>
  movesShares(kind)
    ? 'Yes. Everything this party asks for is there: it would take part.'
    : 'Yes. Everything this party asks for is there: it would carry this out.';

const transactionToCome =
  'Nothing else stands in the way here. The transaction is built after the last statement; this party decodes it for itself and signs only what fits the amount and address above.';

const factToCome =
  'Not yet, and nothing to be done about it here: which rule decides rests on what a source of the policy says, and its fresh word comes when the parties sign. Without it this party takes no part.';

function sentence(kind: IntentKind, refusal: Refusal | null): [string, Mark] {
  if (refusal === null) return [yes(kind), 'good'];
  if (refusal === 'transaction-missing') return [transactionToCome, 'good'];
  if (refusal === 'fact-missing') return [factToCome, 'caution'];
  return notYet.includes(refusal)
    ? [`Not yet. ${refusalSentence(refusal)}`, 'caution']
    : [`No. ${refusalSentence(refusal)}`, 'danger'];
}

/** One fact; its note names the refusal by its code, which logs and the console name it by, too. */
export function answerNow(party: Party, shown: Presented, dry: DryDecision): Fact {
  const done = doneHere(party, shown);
  const term = "This party's answer";
  if (done !== null) return { term, text: done.sentence, mark: 'good' };
  const [text, mark] = sentence(shown.bundle.intent.kind, dry.refusal);
  const notes = waitNotes(shown, dry);
  if (dry.refusal !== null) notes.push(`Named ${dry.refusal}.`);
  return { term, text, mark, notes };
}
