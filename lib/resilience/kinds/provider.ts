/** ICT providers, the subcontractors that matter and every ultimate parent (template B_05.01). */
import { z } from 'zod';
import {
  codeTypes,
  euidCode,
  individual,
  keysOf,
  legalPerson,
  leiCode,
  personTypes,
} from '../codes.ts';
import { euidFault, leiFault } from '../identifiers.ts';
import { isInEea } from '../places.ts';
import {
  erasedText,
  noStanding,
  type About,
  type Fault,
  type KindRules,
  type Texts,
} from '../records/kind-rules.ts';
import { country, currency, maybeLine, maybeRecord, money, oneOf } from './fields.ts';

export const providerFacts = z.strictObject({
  person: oneOf(keysOf(personTypes), 'whether it is a legal person or an individual'),
  codeType: oneOf(keysOf(codeTypes), 'what kind of code it has'),
  /** Null for individuals: theirs is personal data and stands in the text `code`. */
  code: maybeLine('the code', 100),
  otherCodeType: oneOf(keysOf(codeTypes), 'what kind of code the other is')
    .nullable()
    .default(null),
  otherCode: maybeLine('the other code', 100),
  /** Null for individuals, as above. */
  name: maybeLine('the legal name'),
  latinName: maybeLine('the name in Latin letters'),
  /** Of the headquarters. */
  country: country('the country of the headquarters'),
  /** Of a year's expense; for direct providers. */
  currency: currency('the currency of the expense').nullable().default(null),
  expense: money('the expense of a year').nullable().default(null),
  /** Its ultimate parent; null where it has none above it. */
  parent: maybeRecord('the ultimate parent'),
});
export type ProviderFacts = z.infer<typeof providerFacts>;

/** Texts that hold what of an individual is personal data. */
export const individualTexts = { code: 'code', name: 'name', latinName: 'latin-name' } as const;

const latin = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+$/u;

function faultsOf(facts: ProviderFacts, about: About): Fault[] {
  return [
    ...(facts.person === legalPerson ? faultsOfLegal(facts) : faultsOfIndividual(facts, about)),
    ...faultsOfCode('code', facts.codeType, facts.code),
    ...faultsOfCode('otherCode', facts.otherCodeType, facts.otherCode),
    ...faultsOfPairs(facts),
  ];
}

/** A legal person has a valid LEI or EUID, outside the Union an LEI (ITS 2024/2956 Art 3(5)). */
function faultsOfLegal(facts: ProviderFacts): Fault[] {
  const { codeType, code, name, latinName, country: at } = facts;
  const faults: Fault[] = [];
  if (code === null) faults.push({ field: 'code', reason: 'Give the LEI or the EUID.' });
  if (codeType !== leiCode && codeType !== euidCode)
    faults.push({ field: 'codeType', reason: 'A legal person is named by its LEI or its EUID.' });
  else if (!isInEea(at) && codeType !== leiCode && facts.otherCodeType !== leiCode)
    faults.push({ field: 'codeType', reason: 'Outside the Union a provider is named by its LEI.' });
  if (name === null) faults.push({ field: 'name', reason: 'Give the legal name.' });
  if (latinName === null)
    faults.push({ field: 'latinName', reason: 'Give the name in Latin letters.' });
  else if (!latin.test(latinName))
    faults.push({ field: 'latinName', reason: 'Write this name in Latin letters.' });
  return faults;
}

/** A text that stands; null where there is none, or it was erased. */
function saidIn(texts: Texts, field: string): string | null {
  const text = texts[field] ?? '';
  return text === '' || text === erasedText ? null : text;
}

/** The code of an individual. */
export const codeIn = (texts: Texts): string | null => saidIn(texts, individualTexts.code);

/** What names an individual is erasable and never stands among the facts; what was erased is not looked at. */
function faultsOfIndividual(
  { codeType, code, otherCode, name, latinName }: ProviderFacts,
  { texts }: About,
): Fault[] {
  const faults: Fault[] = [];
  for (const [field, given] of Object.entries({ code, otherCode, name, latinName }))
    if (given !== null)
      faults.push({
        field,
        reason: 'What names an individual is personal. Put it among the texts.',
      });
  for (const field of Object.values(individualTexts))
    if ((texts[field] ?? '') === '') faults.push({ field, reason: 'Give this for an individual.' });
  const inLatin = saidIn(texts, individualTexts.latinName);
  if (inLatin !== null && !latin.test(inLatin))
    faults.push({ field: individualTexts.latinName, reason: 'Write this name in Latin letters.' });
  return [...faults, ...faultsOfCode(individualTexts.code, codeType, codeIn(texts))];
}

function faultsOfCode(field: string, type: string | null, code: string | null): Fault[] {
  if (code === null) return [];
  const reason = type === leiCode ? leiFault(code) : type === euidCode ? euidFault(code) : null;
  return reason === null ? [] : [{ field, reason }];
}

function faultsOfPairs(facts: ProviderFacts): Fault[] {
  const faults: Fault[] = [];
  if (facts.person === legalPerson && (facts.otherCode === null) !== (facts.otherCodeType === null))
    faults.push({ field: 'otherCode', reason: 'Give the other code with its kind, or neither.' });
  if ((facts.currency === null) !== (facts.expense === null))
    faults.push({ field: 'expense', reason: 'Give the expense with its currency, or neither.' });
  if (facts.otherCode !== null && facts.otherCodeType === facts.codeType)
    faults.push({ field: 'otherCodeType', reason: 'The other code is of another kind.' });
  return faults;
}

const detail = (what: string, most: number) => ({
  least: 1,
  most,
  tooShort: `Give ${what}.`,
  tooLong: `Give ${what} in at most ${most} characters.`,
});

export const providerRules: KindRules<ProviderFacts> = {
  facts: providerFacts,
  texts: {
    [individualTexts.code]: detail('the code of the individual', 100),
    [individualTexts.name]: detail('the name of the individual', 255),
    [individualTexts.latinName]: detail('the name in Latin letters', 255),
    note: { ...detail('a note', 4000), lines: true },
  },
  refOf: ({ person, code }) =>
    person === individual || code === null ? null : { field: 'code', ref: code },
  textRefOf: ({ person }, texts) => {
    const code = person === individual ? codeIn(texts) : null;
    return code === null ? null : { field: individualTexts.code, ref: code };
  },
  namesOf: ({ parent }) =>
    parent === null ? [] : [{ path: 'parent', to: parent, kind: 'provider' }],
  peopleOf: () => [],
  standingOf: () => noStanding,
  faultsOf,
  becomesOf: () => [],
};
