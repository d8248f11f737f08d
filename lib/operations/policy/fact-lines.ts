/** The facts of an operation, each with where it comes from. Pure. */
import type { PolicyFacts } from '#lib/protocol/policy-facts.ts';
import type { SignedFact } from '#lib/protocol/signed-facts.ts';
import {
  amountText,
  capitalised,
  classNames,
  eurText,
  riskNames,
  scopeNames,
  standingNames,
} from '../policy-words.ts';
import { kindFacts } from '../kinds.ts';
import { ageText, shortfallText } from './fact-words.ts';

export type FactLine = {
  term: string;
  value: string;
  /** Who says it. */
  source: string;
  /** When they said it, as an ISO instant; null where that makes no difference. */
  at: string | null;
};

/** Where the parts of an operation come from. */
export type Origin = { operation: string; records: string; sources: string; time: string };

export const originOfPast: Origin = {
  operation: 'the operation itself',
  records: 'the console’s records as of then',
  sources: 'no source said it',
  time: 'when it was raised',
};
export const originOfMadeUp: Origin = {
  operation: 'made up by you',
  records: 'made up by you',
  sources: 'made up by you',
  time: 'made up by you',
};

function signedBy(signed: readonly SignedFact[], fact: SignedFact['fact']['fact'], else_: string) {
  const words = signed.filter((word) => word.fact.fact === fact);
  const [newest] = words
    .map((word) => word.fact.observedAt)
    .sort()
    .reverse();
  if (newest === undefined) return { source: else_, at: null };
  const names = [...new Set(words.map((word) => `“${word.fact.source}”`))];
  return { source: `source ${names.join(', ')}`, at: newest };
}

/** @param signed the sources' own words about it, where there are any. */
export function factLines(
  facts: PolicyFacts,
  signed: readonly SignedFact[],
  origin: Origin,
): FactLine[] {
  const { asset, amount, tier, vault, client, destination, eurCents, risk, standing, shortfall } =
    facts;
  const of = (
    term: string,
    value: string,
    source: string,
    at: string | null = null,
  ): FactLine[] => [{ term, value: capitalised(value), source, at }];
  const told = <T>(
    value: T | null | undefined,
    words: (value: T) => FactLine[],
    missing: FactLine[] = [],
  ): FactLine[] => {
    if (value === undefined) return missing;
    return value === null ? [] : words(value);
  };
  const named = (term: string, value: string | null, source: string): FactLine[] =>
    value === null ? [] : [{ term, value, source, at: null }];
  const notKnown = (term: string): FactLine[] => of(term, 'not known', origin.sources);
  const price = signedBy(signed, 'price', origin.sources);
  const screened = signedBy(signed, 'risk', origin.sources);
  const stood = signedBy(signed, 'standing', origin.sources);
  const compared = signedBy(signed, 'books', origin.sources);
  return [
    ...of('Kind', kindFacts[facts.kind].name, origin.operation),
    ...named('Asset', amount === null ? asset : null, origin.operation),
    ...(amount === null ? [] : named('Amount', amountText(amount, asset ?? ''), origin.operation)),
    ...told(
      eurCents,
      (cents) => [{ term: 'Value', value: eurText(cents), ...price }],
      notKnown('Value'),
    ),
    ...named('Vault', vault, origin.operation),
    ...(tier === null ? [] : of('Tier', tier, origin.records)),
    ...named('Client', client, origin.operation),
    ...told(
      destination,
      ({ class: class_, ageSeconds, firstUse }) =>
        of(
          'Destination',
          `${classNames[class_]}, listed ${ageText(ageSeconds)} before, ${firstUse ? 'never paid' : 'paid before'}`,
          origin.records,
        ),
      of('Destination', 'not listed at that time', origin.records),
    ),
    ...told(
      risk,
      (verdict) => [{ term: 'Risk', value: capitalised(riskNames[verdict]), ...screened }],
      notKnown('Risk'),
    ),
    ...told(
      standing,
      (word) => [{ term: 'Standing', value: capitalised(standingNames[word]), ...stood }],
      notKnown('Standing'),
    ),
    ...told(
      shortfall,
      (units) => [
        { term: 'Missing', value: capitalised(shortfallText(units, asset ?? '')), ...compared },
      ],
      notKnown('Missing'),
    ),
    ...facts.spent.flatMap(({ scope, hours, amount: left }) =>
      amount === null
        ? []
        : [
            {
              term: `Left in ${hours} h`,
              value: `${amountText(left, asset ?? '')} ${scopeNames[scope]}`,
              source: origin.records,
              at: null,
            },
          ],
    ),
    { term: 'Time', value: '', source: origin.time, at: facts.now },
  ];
}
