/** What fields 1.1 to 2.10 hold by what the console knows. Pure. */
import type { FieldValue } from './field-types.ts';
import { instantText } from './figures.ts';
import {
  concluded,
  present,
  readInstant,
  taken,
  type Candidate,
  type Candidates,
  type Known,
  type KnownContact,
  type Opening,
  type ReportKnowledge,
} from './knowledge.ts';

/** The criteria of field 2.5 by the names of the classification, in the order of the ITS. */
const CRITERIA = [
  ['clients_counterparts_transactions', 'clients_financial_counterparts_and_transactions_affected'],
  ['reputational_impact', 'reputational_impact'],
  ['duration_downtime', 'duration_and_service_downtime'],
  ['geographical_spread', 'geographical_spread'],
  ['data_losses', 'data_losses'],
  ['economic_impact', 'economic_impact'],
] as const;

const DISCOVERED_BY: Readonly<Record<Opening, string>> = {
  alarm: 'monitoring_systems',
  staff: 'staff',
  clients: 'clients',
  counterparts: 'financial_counterparts',
  'third-party': 'third-party_provider',
};

const OPENED: Readonly<Record<Opening, string>> = {
  alarm: 'an alarm of the console opened the incident',
  staff: 'one of the staff reported the incident',
  clients: 'a client reported the incident',
  counterparts: 'a financial counterpart reported the incident',
  'third-party': 'a third-party provider reported the incident',
};

/** Fields 1.2 to 1.15. */
export function generalCandidates(knowledge: ReportKnowledge): Candidates {
  const { entity, submitter, firstContact, secondContact } = knowledge;
  const another = submitter !== undefined;
  return present([
    ['1.2', taken(submitter, ({ name }) => name) ?? taken(entity, ({ name }) => name)],
    ['1.3', taken(submitter, ({ code }) => code) ?? taken(entity, ({ lei }) => lei)],
    ['1.4', taken(entity, ({ types }) => types)],
    ['1.5', another ? taken(entity, ({ name }) => name.replaceAll(';', ',')) : undefined],
    ['1.6', another ? taken(entity, ({ lei }) => lei) : undefined],
    ...contact(firstContact, ['1.7', '1.8', '1.9'] as const),
    ...contact(secondContact, ['1.10', '1.11', '1.12'] as const),
    ['1.13', taken(entity, ({ parent }) => parent?.name)],
    ['1.14', taken(entity, ({ parent }) => parent?.lei)],
    ['1.15', taken(entity, ({ currency }) => currency)],
  ]);
}

type ContactNo = '1.7' | '1.8' | '1.9' | '1.10' | '1.11' | '1.12';

function contact(
  known: Known<KnownContact> | undefined,
  [name, email, phone]: readonly [ContactNo, ContactNo, ContactNo],
): (readonly [ContactNo, Candidate | undefined])[] {
  return [
    [name, taken(known, (one) => one.name)],
    [email, taken(known, (one) => one.email)],
    [phone, taken(known, (one) => one.phone)],
  ];
}

/** Fields 2.1 to 2.10. */
export function incidentCandidates(knowledge: ReportKnowledge): Candidates {
  const { reference, times, classification, memberStates, openedBy, provider } = knowledge;
  const hasSpread = classification?.value.thresholds_met.geographical_spread ?? false;
  return present([
    ['2.1', taken(reference, (value) => value)],
    ['2.2', taken(times?.detected, instantText)],
    ['2.3', taken(times?.classified, instantText)],
    ['2.4', taken(knowledge.description, (value) => value) ?? draftDescription(knowledge)],
    ['2.5', taken(classification, criteriaOf)],
    ['2.6', hasSpread ? taken(memberStates, (states) => states) : undefined],
    [
      '2.7',
      openedBy &&
        concluded(
          DISCOVERED_BY[openedBy.value],
          `Concluded, because ${OPENED[openedBy.value]} (${openedBy.from}).`,
        ),
    ],
    [
      '2.8',
      taken(provider, ({ name, code, codeType }) =>
        [name, code, codeType].filter((part) => part !== undefined).join(', '),
      ),
    ],
    ['2.9', taken(knowledge.continuityActivated, (value) => value)],
  ]);
}

type Judged = NonNullable<ReportKnowledge['classification']>['value'];

function criteriaOf(judged: Judged): FieldValue {
  const { critical_services_affected, thresholds_met, malicious_access_9_5_b } = judged;
  const isMet = (name: keyof Judged['thresholds_met']) =>
    // 9(5)(b) is a part of the criterion of data losses.
    thresholds_met[name] || (name === 'data_losses' && malicious_access_9_5_b);
  return [
    ...CRITERIA.filter(([name]) => isMet(name)).map(([, value]) => value),
    ...(critical_services_affected ? ['critical_services_affected'] : []),
  ];
}

/** A first sentence for whoever writes the description; never more than is known. */
function draftDescription({
  title,
  openedBy,
  times,
  criticalServices,
}: ReportKnowledge): Candidate | undefined {
  if (!title) return undefined;
  const detected = times?.detected;
  const services = criticalServices?.value ?? [];
  const text = [
    /[.!?]$/.test(title.value) ? title.value : `${title.value}.`,
    detected &&
      `Detected on ${readInstant(detected.value)}${openedBy?.value === 'alarm' ? ' by an alarm of the monitoring' : ''}.`,
    services.length > 0 && `Services affected: ${services.join('; ')}.`,
  ].filter((part) => typeof part === 'string');
  return concluded(
    text.join(' '),
    'Drafted from the title, the time of detection and the services that are linked. Write on.',
  );
}
