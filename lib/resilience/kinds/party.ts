/** Whom the record of processing names with their contacts (GDPR Art 30(1)(a)). */
import { z } from 'zod';
import { keysOf } from '../codes.ts';
import { noStanding, type About, type Fault, type KindRules } from '../records/kind-rules.ts';
import { country, line, maybeLine, oneOf, paragraph, asked } from './fields.ts';
import { partyRoles } from './party-words.ts';

export const partyFacts = z.strictObject({
  role: oneOf(keysOf(partyRoles), 'what it is to the processing'),
  /** Of a legal person; what names an individual is a text. */
  name: maybeLine('the name'),
  country: country('the country'),
  /** Register number or LEI. */
  code: maybeLine('the code', 100),
  address: line('the postal address', 300),
});
export type PartyFacts = z.infer<typeof partyFacts>;

function faultsOf({ name, role }: PartyFacts, { texts }: About): Fault[] {
  const individual = (texts['name'] ?? '') !== '';
  if (name === null && !individual)
    return [
      {
        field: 'name',
        reason:
          'Give the name of the legal person, or the name of the individual among the texts (Art 30(1)(a)).',
      },
    ];
  if (name !== null && individual && role !== 'dpo')
    return [{ field: 'name', reason: 'Give the name of one: a legal person or an individual.' }];
  return [];
}

export const partyRules: KindRules<PartyFacts> = {
  facts: partyFacts,
  texts: {
    name: {
      least: 1,
      most: 200,
      tooShort: 'Give the name of the individual.',
      tooLong: 'Give the name of the individual in at most 200 characters.',
    },
    contact: asked(paragraph('how they are reached, by mail and telephone', 500)),
  },
  refOf: ({ name }) => (name === null ? null : { field: 'name', ref: name }),
  namesOf: () => [],
  peopleOf: () => [],
  standingOf: ({ role }) => ({ ...noStanding, state: role }),
  faultsOf,
  becomesOf: () => [],
};
