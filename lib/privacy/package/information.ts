/** What a person is told beside their data (GDPR Art 15(1)(a) to (h), (2)), out of the registers as they are now. */
import { loadProfile } from '#lib/incidents/entity/load-profile.ts';
import {
  fieldFor,
  legalBases,
  purposes,
  type FieldName,
  type PersonRole,
} from '#lib/persons/field-map.ts';
import { retentionRules } from '#lib/persons/retention-rules.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { personCategories } from '#lib/resilience/kinds/privacy-words.ts';
import { loadProcessingRecord } from '../registers/load-processing-record.ts';
import type { ProcessingActivity } from '../registers/processing-record.ts';
import { complaintWords } from './complaint-authorities.ts';
import type { Information } from './package-schema.ts';

/** Who people are in the vault, as the record of processing names them. */
const categoryOf: Readonly<Record<PersonRole, string>> = {
  client: personCategories.clients,
  representative: personCategories.representatives,
  'beneficial-owner': personCategories['beneficial-owners'],
  'authorised-user': personCategories.representatives,
  operator: personCategories.staff,
};

const rights = [
  'To have what is wrong or incomplete put right (Article 16 GDPR).',
  'To have your data erased where no law asks that they are kept (Article 17 GDPR).',
  'To have processing restricted (Article 18 GDPR).',
  'To get what you provided in a form that machines read (Article 20 GDPR).',
  'To object to what rests on a legitimate interest (Article 21 GDPR).',
  'To take back a consent at any time (Article 7(3) GDPR).',
];

const automated =
  'No decision about you is made by machines alone (Article 22 GDPR). Rules of the custody policy count approvals and limits, and people decide.';

/** @param held fields that are held and may be told. @param tx one state of the database. */
export async function loadInformation(
  tx: Tx,
  roles: readonly PersonRole[],
  held: readonly FieldName[],
): Promise<Information> {
  const [profile, record] = await Promise.all([loadProfile(tx), loadProcessingRecord(tx)]);
  const wanted = new Set(roles.map((role) => categoryOf[role]));
  const own = record.filter(({ persons }) => persons.some((one) => wanted.has(one)));
  // Where the record names none of the person's kind, all of it is told rather than nothing.
  const activities = own.length > 0 ? own : record;
  const fields = held.map((name) => fieldFor(name, roles));
  return {
    controller: controllerOf(activities) ?? profile?.facts.name ?? 'This organisation',
    dataProtectionOfficer:
      dpoOf(activities) ?? 'Write to this organisation, for the data protection officer.',
    purposes: unique([
      ...fields.flatMap((field) =>
        field.purposes.map((purpose) => `${purposes[purpose]}. ${legalBases[field.basis]}.`),
      ),
      ...activities.flatMap((one) =>
        one.purposes.map(({ purpose, basis }) => `${purpose}. ${basis}.`),
      ),
    ]),
    recipients: unique([
      ...fields.flatMap(({ recipients }) => recipients),
      ...activities.flatMap((one) =>
        one.recipients.map(({ recipient, country }) =>
          country === null ? recipient : `${recipient} (${country})`,
        ),
      ),
      ...activities.flatMap((one) =>
        one.processors.map(({ name, provider }) => `${provider}, as processor: ${name}`),
      ),
    ]),
    retention: unique(
      fields.map((field) => {
        const { sentence, law } = retentionRules[field.retention];
        return `${sentence} (${law})`;
      }),
    ),
    transfers: unique(
      activities.flatMap((one) =>
        one.transfers.map(({ name, importer, where, tool, safeguards }) =>
          [`${name}: to ${importer}, ${where}. ${tool}.`, safeguards].filter(Boolean).join(' '),
        ),
      ),
    ),
    rights,
    complaint: complaintWords(profile?.facts.memberState ?? null),
    automatedDecisions: automated,
  };
}

const unique = (lines: readonly string[]): string[] => [...new Set(lines)];

const partyWords = ({ name, address, contact }: ProcessingActivity['controller']): string =>
  [name, address, contact].filter((one) => one !== '').join(', ');

const controllerOf = ([first]: readonly ProcessingActivity[]): string | null =>
  first ? partyWords(first.controller) : null;

function dpoOf(activities: readonly ProcessingActivity[]): string | null {
  const officer = activities.find(({ dpo }) => dpo !== null)?.dpo;
  return officer ? partyWords(officer) : null;
}
