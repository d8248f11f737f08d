/** What the record of an activity lacks of what Art 30(1) asks, and what it should lead to. Pure. */
import { legalBases, dataCategories } from '#lib/resilience/kinds/privacy-words.ts';
import { isInEea } from '#lib/resilience/places.ts';
import type { ActivityFacts } from '#lib/resilience/kinds/activity.ts';
import { Findings, inWords, type Found } from './found.ts';
import type { Kept, Registers } from './registers.ts';

type Activity = Kept<ActivityFacts>;

/** @param today yyyy-mm-dd. */
export function activityFindings(one: Activity, all: Registers, today: string): Found[] {
  if (one.facts.state === 'ended') return [];
  const found = new Findings(one);
  findContent(one, found);
  findPeople(one, all, found);
  findFollowing(one, all, found, today);
  if (one.dueOn !== null && one.dueOn < today)
    found.add(
      'activity-overdue',
      'reviewOn',
      `It should have been looked at by ${one.dueOn}. Review it and set the next day.`,
    );
  return found.all;
}

function findContent({ facts, texts }: Activity, found: Findings): void {
  if (facts.dpo === null)
    found.add('no-dpo', 'dpo', 'Name the data protection officer with contacts.');
  if (facts.purposes.length === 0)
    found.add('no-purpose', 'purposes', 'Say what it is for, each purpose with its legal basis.');
  if (facts.persons.length === 0)
    found.add(
      'no-persons',
      'persons',
      'Choose the categories of persons whose data are processed.',
    );
  if (facts.data.length === 0)
    found.add('no-data', 'data', 'Choose the categories of data that are processed.');
  if (facts.recipients.length === 0)
    found.add(
      'no-recipients',
      'recipients',
      'Name the categories of those who receive data; nobody outside is a category, too.',
    );
  const without = facts.data.filter(({ retention, limit }) => retention === null && limit === null);
  if (without.length > 0)
    found.add(
      'no-limit',
      'data',
      `Say when data are erased: ${inWords(without.map(({ category }) => dataCategories[category]))}.`,
    );
  if (!texts.has('measures'))
    found.add(
      'no-measures',
      'measures',
      'Describe the technical and organisational measures of security.',
    );
  if (facts.systems.length === 0)
    found.add(
      'no-systems',
      'systems',
      'Name the systems that hold the data, so that requests and breaches find them.',
    );
  const abroad = facts.recipients.filter(({ country }) => country !== null && !isInEea(country));
  if (abroad.length > 0 && facts.transfers.length === 0)
    found.add(
      'transfer-not-named',
      'transfers',
      `Name the transfer to ${inWords(abroad.map(({ recipient }) => recipient))}, or add one.`,
    );
}

const seats = [
  ['controller', 'controller'],
  ['representative', 'representative'],
  ['dpo', 'dpo'],
] as const;

/** Contacts are records; one of another role can't stand in this place. */
function findPeople({ facts }: Activity, { party }: Registers, found: Findings): void {
  const roleOf = new Map(party.map(({ id, facts: { role } }) => [id, role]));
  const isOther = (id: string | null, role: string) =>
    id !== null && (roleOf.get(id) ?? role) !== role;
  const wrong = [
    ...seats.filter(([field, role]) => isOther(facts[field], role)).map(([field]) => field),
    ...(facts.jointControllers.some((id) => isOther(id, 'joint-controller'))
      ? ['jointControllers']
      : []),
  ];
  for (const field of wrong)
    found.add('wrong-role', field, 'Choose a record whose role is that of this field.');
}

function findFollowing(one: Activity, all: Registers, found: Findings, today: string): void {
  const { facts, id } = one;
  if (facts.dpiaNeed === null)
    found.add(
      'no-dpia-need',
      'dpiaNeed',
      'Say whether a high risk to people is likely, and why not.',
    );
  if ((facts.automated ?? null) === null)
    found.add(
      'no-automated',
      'automated',
      'Say whether machines alone decide about people in it: a copy of their data tells them.',
    );
  const assessed = all.dpia.some(
    ({ facts: dpia }) => dpia.state === 'approved' && dpia.activities.includes(id),
  );
  if (facts.dpiaNeed === 'needed' && !assessed)
    found.add('no-dpia', null, 'Add an impact assessment that covers it and have it approved.');
  const isTold = all.notice.some(
    ({ facts: notice }) =>
      notice.state === 'in-force' &&
      notice.activities.includes(id) &&
      notice.editions.some(({ inForceFrom }) => inForceFrom <= today),
  );
  if (facts.state === 'active' && !isTold)
    found.add('no-notice', null, 'Name it in a privacy notice that is in force.');
  const hasConsent = facts.purposes.some(({ basis }) => basis === 'consent');
  const isKept = all.consent.some(
    ({ facts: consent }) => consent.state === 'active' && consent.activity === id,
  );
  if (hasConsent && !isKept)
    found.add(
      'no-consent-record',
      null,
      `A purpose rests on ${legalBases.consent.toLowerCase()}: add the consent with its wording.`,
    );
}
