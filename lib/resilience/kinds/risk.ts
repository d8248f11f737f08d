/** The risk register: ICT, market abuse, operational and custodial risk (DORA Art 6 and 8; RTS risk Art 3). */
import { z } from 'zod';
import { keysOf } from '../codes.ts';
import { monthsAfter } from '../days.ts';
import type { About, Fault, KindRules, Standing } from '../records/kind-rules.ts';
import { agreementFaults, type Agreement } from './agreement.ts';
import {
  count,
  day,
  list,
  maybeDay,
  maybePerson,
  oneOf,
  paragraph,
  person,
  record,
  title,
} from './fields.ts';
import {
  acceptedReviewMonths,
  gradeOfScore,
  riskCategories,
  riskStates,
  scoreOf,
  treatments,
} from './risk-words.ts';

const rating = z.strictObject(
  { likelihood: count('the likelihood', 1, 5), impact: count('the impact', 1, 5) },
  'Give likelihood and impact.',
);

export const riskFacts = z.strictObject({
  category: oneOf(keysOf(riskCategories), 'the category'),
  state: oneOf(keysOf(riskStates), 'where it stands'),
  inherent: rating,
  /** With what is done about it. */
  residual: rating,
  /** The highest residual score that is borne without being accepted by name. */
  appetite: count('the appetite', 1, 25),
  treatment: oneOf(keysOf(treatments), 'the treatment'),
  owner: person('who owns the risk'),
  reviewOn: day('the day of the next review'),
  reviewedOn: maybeDay('the day of the last review'),
  acceptedBy: maybePerson('who accepted it'),
  acceptedOn: maybeDay('the day on which it was accepted'),
  functions: list(record('the function'), 'functions'),
  assets: list(record('the asset'), 'assets'),
  providers: list(record('the provider'), 'providers'),
});
export type RiskFacts = z.infer<typeof riskFacts>;

/** Over what the house bears without somebody accepting it by name. */
export const isOverAppetite = ({ residual, appetite }: Pick<RiskFacts, 'residual' | 'appetite'>) =>
  scoreOf(residual) > appetite;

function faultsOf(facts: RiskFacts, { texts, today }: About): Fault[] {
  const faults: Fault[] = [];
  const { residual, inherent, acceptedBy, acceptedOn, state } = facts;
  if (residual.likelihood > inherent.likelihood || residual.impact > inherent.impact)
    faults.push({
      field: 'residual',
      reason: 'What is done about a risk does not make it larger.',
    });
  if (facts.reviewedOn !== null && facts.reviewedOn > today)
    faults.push({ field: 'reviewedOn', reason: 'This day lies ahead.' });
  if ((acceptedBy === null) !== (acceptedOn === null))
    faults.push({ field: 'acceptedOn', reason: 'Give who accepted it and when, or neither.' });
  if ((state === 'accepted') !== (acceptedBy !== null))
    faults.push({
      field: 'acceptedBy',
      reason: 'An accepted risk names who accepted it, another none.',
    });
  if (acceptedBy !== null && acceptedBy === facts.owner)
    faults.push({ field: 'acceptedBy', reason: 'Another person than its owner accepts a risk.' });
  if (acceptedBy !== null && (texts['acceptance'] ?? '') === '')
    faults.push({ field: 'acceptance', reason: 'Write why it is accepted.' });
  if (acceptedOn !== null && acceptedOn > today)
    faults.push({ field: 'acceptedOn', reason: 'This day lies ahead.' });
  const latest =
    acceptedOn === null ? null : monthsAfter(facts.reviewedOn ?? acceptedOn, acceptedReviewMonths);
  if (latest !== null && facts.reviewOn > latest)
    faults.push({
      field: 'reviewOn',
      reason: `An accepted risk is reviewed yearly: by ${latest} (RTS risk Art 3(1)(d)).`,
    });
  return faults;
}

/**
 * Nobody accepts a risk in the name of another, nor what they wrote themselves; an accepted risk stays as it is. The
 * reviews belong to the acceptance: they say for how long it holds.
 */
const agreement: Agreement<RiskFacts> = {
  facts: ['state', 'acceptedBy', 'acceptedOn', 'reviewedOn', 'reviewOn'],
  texts: ['acceptance'],
  of: ({ acceptedBy }) =>
    acceptedBy === null
      ? null
      : {
          field: 'acceptedBy',
          who: acceptedBy,
          does: 'accepts',
          done: 'accepted',
          undo: 'Set it to open',
        },
};

function standingOf({ state, residual, reviewOn }: RiskFacts): Standing {
  return {
    state,
    grade: gradeOfScore(scoreOf(residual)),
    dueOn: state === 'closed' ? null : reviewOn,
  };
}

export const riskRules: KindRules<RiskFacts> = {
  facts: riskFacts,
  texts: {
    title: title('what the risk is called'),
    description: paragraph('the vulnerability and the threat'),
    indicators: paragraph('what shows impact and likelihood'),
    'treatment-plan': paragraph('what is done about it'),
    acceptance: paragraph('why it is accepted'),
  },
  refOf: () => null,
  namesOf: ({ functions, assets, providers }) => [
    ...functions.map(
      (to, index) => ({ path: `functions.${index}`, to, kind: 'function' }) as const,
    ),
    ...assets.map((to, index) => ({ path: `assets.${index}`, to, kind: 'asset' }) as const),
    ...providers.map(
      (to, index) => ({ path: `providers.${index}`, to, kind: 'provider' }) as const,
    ),
  ],
  peopleOf: ({ owner, acceptedBy }) => [
    { path: 'owner', person: owner },
    ...(acceptedBy === null ? [] : [{ path: 'acceptedBy', person: acceptedBy }]),
  ],
  standingOf,
  faultsOf,
  becomesOf: (becoming) => agreementFaults(agreement, becoming),
  agreement,
};
