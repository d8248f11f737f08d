/** What policy asks of an operation: each rule looked at, the one that decides, and who is missing. */
import { mayGoAlone } from '#lib/protocol/alone.ts';
import { decidesCold, factsInstant } from '#lib/protocol/cold-facts.ts';
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import { factsOf, subjectOf } from '#lib/protocol/facts-of.ts';
import { isStopKind } from '#lib/protocol/intent-kinds.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { ConditionName } from '#lib/protocol/policy-conditions.ts';
import type { PolicyFacts } from '#lib/protocol/policy-facts.ts';
import { evaluatePolicy, type Policy } from '#lib/protocol/policy.ts';
import { findNeeds, isMet } from '#lib/protocol/requirements.ts';
import { readFacts } from '#lib/protocol/signed-facts.ts';
import { refusalSentence } from '../../refusals.ts';
import { needWords, outcomeWords } from './rule-words.ts';
import { shown, spanText, type Fact, type Mark, type Section } from './section.ts';
import type { StandingVoice } from './who-stated.ts';

const conditionNames: Readonly<Record<ConditionName, string>> = {
  kind: 'kind of operation',
  asset: 'asset',
  tier: 'tier of the vault',
  vault: 'vault',
  client: 'client',
  amount: 'amount',
  'destination-class': 'class of the destination',
  'destination-age': 'how long the destination is listed',
  'first-use': 'first use of the destination',
  hours: 'time of day',
  velocity: 'what left in the time before',
  eur: 'value in euro',
  risk: 'risk verdict about the address',
  standing: 'standing of the client',
  shortfall: 'what the books are short of',
};

type OpenWords = {
  /** Of a rule that looks at something nobody has said yet. */
  rule: (what: string) => string;
  outcome: string;
  needs: string;
  marked: { mark?: Mark };
};

/** Nobody shows this party a source's word before it is to sign, and one that it was shown ages within minutes. */
const beforeSigning: OpenWords = {
  rule: (what) =>
    `Open: ${what} is not known here yet, or too old. A fresh word of the policy's source comes when the parties sign.`,
  outcome: 'Open until then. Without that word this party takes no part.',
  needs:
    'Open: a rule looks at a price, a verdict, a standing or a sum that a source of the policy has to say. The console brings its fresh word when the parties sign; then this party asks the rules again, and without it takes no part.',
  marked: { mark: 'caution' },
};

/** Words of sources are not kept, so what decided then can't be read again. */
const afterwards: OpenWords = {
  rule: (what) =>
    `Looks at ${what}, which is not known here now. This party had a fresh word of the policy's source when it took part.`,
  outcome: 'Decided when this party took part, with words that it does not keep.',
  needs:
    'Met when this party took part. Which rule decided rested on what a source of the policy said then.',
  marked: {},
};

function traceFacts(policy: Policy, facts: PolicyFacts, open: OpenWords): Fact[] {
  const { outcome, rule, trace, missing } = evaluatePolicy(policy, facts);
  const rules = new Map(policy.rules.map((entry) => [entry.id, entry]));
  const looked = trace.map(({ rule: id, matched, unmet }): Fact => {
    const held = rules.get(id);
    const term = `Rule ${id}: ${shown(held?.name ?? '')}`;
    if (matched && held)
      return {
        term,
        text: `Decides: ${outcomeWords(held.outcome)}.`,
        mark: held.outcome.effect === 'deny' ? 'danger' : 'good',
      };
    const what = unmet === null ? 'something' : conditionNames[unmet];
    return unmet !== null && unmet === missing
      ? { term, text: open.rule(what), ...open.marked }
      : { term, text: `Does not apply: ${what}.` };
  });
  if (rule !== null || outcome.effect !== 'deny') return looked;
  // What only has yet to be told is no refusal, and must not look like one.
  const end: Fact =
    missing === null
      ? { term: 'Outcome', text: `Refused: ${shown(outcome.reason)}.`, mark: 'danger' }
      : { term: 'Outcome', text: open.outcome, ...open.marked };
  return [...looked, end];
}

function needFacts(
  policies: readonly Policy[],
  facts: PolicyFacts,
  { voices, open }: { voices: readonly StandingVoice[]; open: OpenWords },
): Fact[] {
  const required = findNeeds(policies, facts);
  if (!required.ok)
    return [
      required.refusal === 'fact-missing'
        ? { term: 'In all', text: open.needs, ...open.marked }
        : { term: 'In all', text: refusalSentence(required.refusal), mark: 'danger' },
    ];
  const needs = required.needs.map((need): Fact => {
    const said = voices.filter(
      ({ group, decision }) => group === need.group && decision === need.decision,
    );
    const met = isMet(need, voices);
    return {
      term: `Needs ${needWords(need)}`,
      text: said.length === 0 ? 'nobody yet' : said.map(({ person }) => person).join(', '),
      mark: met ? 'good' : 'caution',
    };
  });
  if (required.delaySeconds > 0)
    needs.push({ term: 'Wait', text: spanText(required.delaySeconds) });
  if (required.secondChannel)
    needs.push({
      term: 'Second channel',
      text: 'Each person types the code that the party of their group shows them.',
    });
  return needs;
}

export type PolicyView = {
  sections: Section[];
  /** Whether a code is asked for; null where that can't be told. */
  secondChannel: boolean | null;
};

const section = (facts: readonly Fact[], lead?: string): Section => ({
  title: 'What policy asks',
  facts,
  ...(lead === undefined ? {} : { lead }),
});

/**
 * @param of.policies the one in force and, where it was another, that of the raise.
 * @param of.raiser id of the person who raised it.
 * @param of.isDone whether this party did its part already, so that nothing is still to be told.
 */
export function policyAsks(
  intent: Intent,
  input: DecideInput,
  of: {
    policies: readonly Policy[];
    raiser: string;
    voices: readonly StandingVoice[];
    isDone: boolean;
  },
): PolicyView {
  const { policies, raiser, voices, isDone } = of;
  const open = isDone ? afterwards : beforeSigning;
  const alone = (lead: string): PolicyView => ({
    sections: [section([], lead)],
    secondChannel: false,
  });
  if (isStopKind(intent.kind)) return alone('A stop needs one person, at once, and no rule.');
  if (mayGoAlone(intent, input, raiser))
    return alone('It only takes something away, so one person may do it, at once.');
  const { policy, policyAtRaise: atRaise, party, now } = input;
  const unclear = (text: string): PolicyView => ({
    sections: [section([{ term: 'Answer', text, mark: 'danger' }])],
    secondChannel: null,
  });
  const at = factsInstant(input, intent, policies);
  const subject = subjectOf(intent);
  const read = readFacts(input.facts, { policy, atRaise, subject, now: at });
  if (!read.ok) return unclear(refusalSentence(read.refusal));
  const facts = factsOf(intent, { party, known: read.known, now });
  if (!facts) return unclear(refusalSentence('vault-unknown'));
  const required = findNeeds(policies, facts);
  const traces = policies.map((held, place): Section => {
    const when = place === 0 ? 'in force' : 'when it was raised';
    return {
      title: `Rules looked at, policy version ${held.version}, ${when}`,
      facts: traceFacts(held, facts, open),
    };
  });
  const lead = policies.length > 1 ? 'The stricter of two policies wins.' : undefined;
  return {
    sections: [section(needFacts(policies, facts, { voices, open }), lead), ...traces],
    secondChannel: required.ok ? required.secondChannel && !decidesCold(input) : null,
  };
}
