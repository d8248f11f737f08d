/** Reports that keep every rule, one of each stage, as values and as the documents they make. */
import type { FieldNo, FieldValue, ReportValues } from '../field-types.ts';

export type Values = Partial<Record<FieldNo, FieldValue>>;

export const LEI = '506700GE1G29325QX363';
export const OTHER_LEI = '549300DTUYXVMJXZNY75';

/** An outage of a signing service with an attack behind it: every criterion is met. */
export const initialValues: ReportValues = {
  '1.1': 'initial_notification',
  '1.2': 'Example Custody SE',
  '1.3': LEI,
  '1.4': ['crypto-asset_service_provider'],
  '1.7': 'Ines Okafor',
  '1.8': 'ines.okafor@example.eu',
  '1.9': '+49301234567',
  '1.10': 'Incident desk',
  '1.11': 'desk@example.eu',
  '1.12': '+49 30 1234568',
  '1.15': 'EUR',
  '2.1': 'INC-2026-000012',
  '2.2': '2026-03-02T09:14:00Z',
  '2.3': '2026-03-02T11:00:00Z',
  '2.4': 'Signing of transfers stopped after an intruder reached a signing host.',
  '2.5': [
    'critical_services_affected',
    'clients_financial_counterparts_and_transactions_affected',
    'reputational_impact',
    'duration_and_service_downtime',
    'geographical_spread',
    'data_losses',
    'economic_impact',
  ],
  '2.6': ['DE', 'GR'],
  '2.7': 'monitoring_systems',
  '2.9': true,
};

export const intermediateValues: ReportValues = {
  ...initialValues,
  '1.1': 'intermediate_report',
  '3.1': 'BAFIN-77',
  '3.2': '2026-03-02T08:50:00Z',
  '3.3': '2026-03-03T10:00:00Z',
  '3.4': '120',
  '3.5': '12.5',
  '3.6': '0',
  '3.7': '0',
  '3.8': true,
  '3.9': '45',
  '3.10': '30.1',
  '3.11': '1250000.5',
  '3.12': [
    'actual_figures_for_clients_affected',
    'no_impact_on_financial_counterparts',
    'estimates_for_transactions_affected',
  ],
  '3.13': ['the_major_ict-related_incident_has_been_reflected_in_the_media'],
  '3.14': 'Two newspapers wrote about it.',
  '3.15': '01:04:10',
  '3.16': '01:01:10',
  '3.17': 'actual_figures',
  '3.18': ['clients'],
  '3.19': 'Clients in Greece could not withdraw.',
  '3.20': ['availability', 'confidentiality'],
  '3.21': 'Names of 120 clients were read.',
  '3.22': 'Custody and administration of crypto-assets for clients.',
  '3.23': ['cybersecurity-related', 'other'],
  '3.24': 'A door was forced.',
  '3.25': ['identity_theft', 'other'],
  '3.26': 'A stolen badge.',
  '3.27': 'information technology; custody and asset safekeeping',
  '3.28': 'yes',
  '3.29': 'One signing host.',
  '3.30': 'yes',
  '3.31': ['police_law_enforcement', 'other'],
  '3.32': 'The bar association.',
  '3.33': true,
  '3.34': 'Withdrawals were signed at the second site.',
  '3.35': 'IP address 192.0.2.7',
};

export const finalValues: ReportValues = {
  ...intermediateValues,
  '1.1': 'final_report',
  '4.1': ['malicious_actions', 'process_failure'],
  '4.2': [
    'malicious_actions_fraudulent_actions',
    'process_failure_insufficient_monitoring_or_failure_of_monitoring_and_control',
    'process_failure_other',
  ],
  '4.3': ['logging'],
  '4.4': 'Badges were not asked back.',
  '4.5': 'A badge of a former employee still opened the room.',
  '4.6': 'Badges are collected on the last day; hosts were set up anew.',
  '4.7': '2026-03-10T09:00:00Z',
  '4.8': '2026-03-03T13:00:00Z',
  '4.9': 'Resolved two days before the planned date.',
  '4.12': 'EUR 150,000 against the threshold of EUR 100,000.',
  '4.13': '150000',
  '4.14': '20000.25',
};

export const reclassifiedValues: ReportValues = {
  ...initialValues,
  '1.1': 'major_incident_reclassified_as_non-major',
  '2.10': 'Critical services were not affected after all.',
};

/** Values with some changed; undefined takes a field out. */
export function changed(
  values: ReportValues,
  changes: Partial<Record<FieldNo, FieldValue | undefined>>,
): ReportValues {
  const result: Values = { ...values };
  for (const [no, value] of Object.entries(changes) as [FieldNo, FieldValue | undefined][])
    if (value === undefined) delete result[no];
    else result[no] = value;
  return result;
}

/** An initial notification as somebody else would write it by hand. */
export const handWritten = {
  incidentSubmission: 'initial_notification',
  reportCurrency: 'EUR',
  submittingEntity: {
    entityType: 'SUBMITTING_ENTITY',
    name: 'Example Custody SE',
    LEI,
  },
  affectedEntity: [
    { entityType: 'AFFECTED_ENTITY', affectedEntityType: ['crypto-asset_service_provider'] },
  ],
  primaryContact: {
    name: 'Ines Okafor',
    email: 'ines.okafor@example.eu',
    phone: '+49301234567',
  },
  secondaryContact: { name: 'Incident desk', email: 'desk@example.eu', phone: '+49301234568' },
  incident: {
    financialEntityCode: 'INC-2026-000012',
    detectionDateTime: '2026-03-02T09:14:00Z',
    classificationDateTime: '2026-03-02T11:00:00Z',
    incidentDescription: 'Signing of transfers stopped.',
    classificationTypes: [
      { classificationCriterion: 'critical_services_affected' },
      {
        classificationCriterion: 'geographical_spread',
        countryCodeMaterialityThresholds: ['DE', 'FR'],
      },
      { classificationCriterion: 'duration_and_service_downtime' },
    ],
    incidentDiscovery: 'monitoring_systems',
    isBusinessContinuityActivated: false,
  },
};
