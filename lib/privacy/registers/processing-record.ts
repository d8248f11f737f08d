/** The record of processing as it is shown to the authority (GDPR Art 30(1) and (4)). Pure. */

/** Whom the record names, with contacts (Art 30(1)(a)). */
export type NamedParty = { name: string; address: string; contact: string };

export type ProcessingActivity = {
  number: string;
  version: number;
  name: string;
  state: string;
  controller: NamedParty;
  jointControllers: NamedParty[];
  representative: NamedParty | null;
  dpo: NamedParty | null;
  purposes: { purpose: string; basis: string; ground: string | null }[];
  persons: string[];
  data: { category: string; erasure: string }[];
  recipients: { recipient: string; country: string | null }[];
  transfers: { name: string; importer: string; where: string; tool: string; safeguards: string }[];
  processors: { name: string; provider: string }[];
  systems: string[];
  measures: string;
  assessments: string[];
  /** Whether machines alone decide (Art 22(1)), and how; null where nobody has said it. */
  automated: 'yes' | 'no' | null;
  automatedLogic: string;
  reviewedOn: string | null;
};

export type ProcessingRecord = {
  organisation: string;
  environment: string;
  /** The instant it is of, ISO 8601. */
  asOf: string;
  activities: ProcessingActivity[];
};

const partyWords = ({ name, address, contact }: NamedParty): string =>
  [name, address, contact].filter((part) => part !== '').join(', ');

const listed = (parts: readonly string[]): string => parts.join('; ');

/** What Art 30(1) asks for, in its order, each part with its letter and in words. */
export function partsOf(
  one: ProcessingActivity,
): { letter: string; name: string; words: string }[] {
  const part = (letter: string, name: string, words: string) => ({ letter, name, words });
  return [
    part('a', 'Controller', partyWords(one.controller)),
    part('a', 'Joint controllers', listed(one.jointControllers.map(partyWords))),
    part('a', 'Representative', one.representative ? partyWords(one.representative) : ''),
    part('a', 'Data protection officer', one.dpo ? partyWords(one.dpo) : ''),
    part(
      'b',
      'Purposes with legal basis',
      listed(
        one.purposes.map(
          ({ purpose, basis, ground }) =>
            `${purpose}: ${basis}${ground === null ? '' : `, ${ground}`}`,
        ),
      ),
    ),
    part('c', 'Categories of persons', listed(one.persons)),
    part('c', 'Categories of data', listed(one.data.map(({ category }) => category))),
    part(
      'd',
      'Categories of recipients',
      listed(
        one.recipients.map(({ recipient, country }) =>
          country === null ? recipient : `${recipient} (${country})`,
        ),
      ),
    ),
    part(
      'd',
      'Processors',
      listed(one.processors.map(({ name, provider }) => `${name} (${provider})`)),
    ),
    part(
      'e',
      'Transfers with safeguards',
      listed(
        one.transfers.map(
          ({ name, importer, where, tool, safeguards }) =>
            `${name}: ${importer}, ${where}, ${tool}${safeguards === '' ? '' : `. ${safeguards}`}`,
        ),
      ),
    ),
    part(
      'f',
      'Time limits for erasure',
      listed(one.data.map(({ category, erasure }) => `${category}: ${erasure}`)),
    ),
    part('g', 'Measures of security', one.measures),
    part('', 'Systems', listed(one.systems)),
    part('', 'Impact assessments', listed(one.assessments)),
    part('', 'Decisions by machines alone', automatedWords(one)),
    part('', 'Last review', one.reviewedOn ?? ''),
  ];
}

const automatedWords = ({ automated, automatedLogic }: ProcessingActivity): string =>
  automated === null ? '' : automated === 'no' ? 'None' : automatedLogic;

/** What stands where the record says nothing. */
export const notSaid = 'Not said';
