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
import { keptBesides } from '../collect/system-retention.ts';
import type { Subject } from '../collect/spans.ts';
import { dayOf } from '#lib/platform/days.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { activityStates } from '#lib/resilience/kinds/activity-words.ts';
import {
  legalBases as activityBases,
  personCategories,
} from '#lib/resilience/kinds/privacy-words.ts';
import { categoriesOfRoles } from '../registers/categories-of-roles.ts';
import { loadObjections, type StoppedPurpose } from '../restriction/load-objections.ts';
import { loadProcessingRecord } from '../registers/load-processing-record.ts';
import type { ProcessingActivity } from '../registers/processing-record.ts';
import { automatedWords } from './automated-words.ts';
import { loadReceived, type HearsBroken } from './load-received.ts';
import { complaintWords } from './complaint-authorities.ts';
import type { Information } from './package-schema.ts';

const rights = [
  'To have what is wrong or incomplete put right (Article 16 GDPR).',
  'To have your data erased where no law asks that they are kept (Article 17 GDPR).',
  'To have processing restricted (Article 18 GDPR).',
  'To get what you provided in a form that machines read (Article 20 GDPR).',
  'To take back a consent at any time (Article 7(3) GDPR).',
];

/** The right to object is brought to attention explicitly, clearly and apart from any other information (Art 21(4)). */
const objectionTo = (
  objections: readonly StoppedPurpose[],
  interests: readonly string[],
): string[] => [
  'You may object at any time, on grounds of your own situation, to what rests on a legitimate interest. We then stop it, unless compelling grounds of ours outweigh yours or it is needed for legal claims, and until that is decided we do no more than store the data (Articles 21(1) and 18(1)(d) GDPR).',
  'You may object at any time to direct marketing. We then stop it, whatever the grounds (Article 21(2) and (3) GDPR).',
  'Write to us in any form, or use the form for requests. It costs nothing.',
  interests.length === 0
    ? 'Of what is on record about you, nothing rests on a legitimate interest now.'
    : `On a legitimate interest rests: ${interests.join('; ')}.`,
  ...objections.map(
    ({ purpose, since }) => `You objected, and this stopped on ${dayOf(since)}: ${purpose}.`,
  ),
];

/**
 * @param held fields that are held and may be told.
 * @param hear hears of rows that do not open.
 * @param tx one state of the database.
 */
export async function loadInformation(
  tx: Tx,
  {
    subject,
    roles,
    held,
    hear,
  }: {
    subject: Subject;
    roles: readonly PersonRole[];
    held: readonly FieldName[];
    hear: HearsBroken;
  },
): Promise<Information> {
  const [profile, record] = await Promise.all([loadProfile(tx), loadProcessingRecord(tx)]);
  const kinds: string[] = categoriesOfRoles(roles).map((kind) => personCategories[kind]);
  const activities = record.filter(
    ({ persons, state }) =>
      state !== activityStates.planned && persons.some((one) => kinds.includes(one)),
  );
  const fields = held.map((name) => fieldFor(name, roles));
  const received = await loadReceived(tx, subject, activities, hear);
  const transfers = unique(
    activities.flatMap((one) =>
      one.transfers.map(({ name, importer, where, tool, safeguards }) =>
        [`${name}: to ${importer}, ${where}. ${tool}.`, safeguards].filter(Boolean).join(' '),
      ),
    ),
  );
  return {
    controller:
      controllerOf(activities) ??
      controllerOf(record) ??
      profile?.facts.name ??
      'This organisation',
    dataProtectionOfficer:
      dpoOf(activities) ??
      dpoOf(record) ??
      'Write to this organisation, for the data protection officer.',
    purposes: unique([
      ...fields.flatMap((field) =>
        field.purposes.map((purpose) => `${purposes[purpose]}. ${legalBases[field.basis]}.`),
      ),
      ...activities.flatMap((one) =>
        one.purposes.map(({ purpose, basis }) => `${purpose}. ${basis}.`),
      ),
    ]),
    recipients: {
      received,
      mayReceive: unique([
        ...fields.flatMap(({ recipients }) => recipients),
        ...activities.flatMap((one) =>
          one.recipients.map(({ recipient, country }) =>
            country === null ? recipient : `${recipient} (${country})`,
          ),
        ),
      ]),
    },
    retention: unique([
      ...fields.map((field) => {
        const { sentence, law } = retentionRules[field.retention];
        return `${field.label}: ${sentence} (${law})`;
      }),
      ...keptBesides,
    ]),
    transfers,
    objection: objectionTo(
      await loadObjections(tx, { personId: subject.id }),
      unique([
        ...fields
          .filter(({ basis }) => basis === 'interest')
          .flatMap((field) => field.purposes.map((purpose) => purposes[purpose])),
        ...activities.flatMap((one) =>
          one.purposes
            .filter(({ basis }) => basis === activityBases['legitimate-interests'])
            .map(({ purpose }) => purpose),
        ),
      ]),
    ),
    rights,
    complaint: complaintWords(profile?.facts.memberState ?? null),
    automatedDecisions: automatedWords(activities),
    notKnown: notKnownOf({
      kinds,
      activities: activities.length,
      received: received.length,
      transfers: transfers.length,
    }),
  };
}

/** Nothing on record is no statement that there was nothing. */
function notKnownOf({
  kinds,
  activities,
  received,
  transfers,
}: {
  kinds: readonly string[];
  activities: number;
  received: number;
  transfers: number;
}): string[] {
  const who = kinds.length === 0 ? 'people in your position' : kinds.join(', ').toLowerCase();
  return [
    ...(activities === 0
      ? [
          `Our record of processing activities names none about ${who}. So purposes, recipients and transfers beyond those of the values above are not on record.`,
        ]
      : []),
    ...(received === 0
      ? [
          'No recipient of your data is on record by name. That is not to say that nobody received any.',
        ]
      : [
          'Recipients are told as far as they are on record. Who took part in a movement or a payment stands with it.',
        ]),
    ...(transfers === 0
      ? [
          activities === 0
            ? 'Whether your data went outside the European Economic Area is not on record.'
            : `No transfer outside the European Economic Area is on record for what we do with data of ${who}.`,
        ]
      : []),
    'Files that came with your requests are listed, not attached, since they may show others. Ask us for those that you want.',
    'This copy is drawn from the systems that it names. What stands in letters, in mailboxes or in other systems of ours is not in it.',
    'Some laws forbid us to say whether certain data are held (Article 39 of Directive (EU) 2015/849, Article 23 GDPR). This sentence stands in every copy, whether there are such data or not.',
  ];
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
