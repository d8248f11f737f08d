/** An incident that an alarm opened and that was classified, with nothing written by people yet. */
import type { ReportKnowledge } from '../knowledge.ts';
import { LEI, OTHER_LEI } from './good-reports.ts';

const worksheet = 'the worksheet, 2 March 2026, 11:00 UTC';
const profile = 'the profile of the entity, 1 February 2026';

export const alarmKnowledge: ReportKnowledge = {
  now: '2026-03-02T11:30:00.500Z',
  entity: {
    value: {
      name: 'Example Custody SE',
      lei: LEI,
      types: ['crypto-asset_service_provider'],
      currency: 'EUR',
      parent: { name: 'Example Group SE', lei: OTHER_LEI },
    },
    from: profile,
  },
  firstContact: {
    value: { name: 'Ines Okafor', email: 'ines.okafor@example.eu', phone: '+49301234567' },
    from: profile,
  },
  secondContact: {
    value: { name: 'Incident desk', email: 'desk@example.eu', phone: '+49301234568' },
    from: profile,
  },
  reference: { value: 'INC-2026-000012', from: 'the incident’s file' },
  title: { value: 'Signing stopped', from: 'the incident’s file' },
  openedBy: { value: 'alarm', from: 'the incident’s file' },
  times: {
    detected: { value: '2026-03-02T09:14:00.123Z', from: 'the alarm' },
    classified: { value: '2026-03-02T11:00:00Z', from: worksheet },
  },
  classification: {
    value: {
      critical_services_affected: true,
      thresholds_met: {
        clients_counterparts_transactions: true,
        reputational_impact: false,
        duration_downtime: true,
        geographical_spread: false,
        data_losses: false,
        economic_impact: false,
      },
      malicious_access_9_5_b: false,
    },
    from: worksheet,
  },
  criticalServices: { value: ['Custody'], from: 'the assets linked to the incident' },
};

/** The same incident, resolved and reviewed. */
export const resolvedKnowledge: ReportKnowledge = {
  ...alarmKnowledge,
  now: '2026-03-20T00:00:00Z',
  times: {
    ...alarmKnowledge.times,
    occurred: { value: '2026-03-02T08:50:00Z', from: worksheet },
    recovered: { value: '2026-03-03T10:00:00Z', from: worksheet },
    resolved: { value: '2026-03-03T13:00:30Z', from: worksheet },
    causeAddressed: { value: '2026-03-10T09:00:00Z', from: worksheet },
    planned: { value: '2026-03-05', from: 'the plan' },
  },
  figures: {
    clients: { value: 9, from: worksheet },
    clientsTotal: { value: 80, from: worksheet },
    counterparts: { value: 0, from: worksheet },
    transactions: { value: 5, from: worksheet, estimated: true },
    transactionsDaily: { value: '3.5', from: worksheet },
    transactionsValue: { value: '1234.565', from: worksheet },
  },
  relevantAffected: { value: false, from: worksheet },
  downtime: { value: '01:01:10', from: worksheet, estimated: true },
  functionalAreas: { value: ['information technology', 'settlement'], from: 'the asset map' },
  components: { value: ['Signing host A'], from: 'the asset map' },
  measures: { value: ['Signing moved to site B'], from: 'the tasks' },
  continuityActivated: { value: true, from: 'the continuity plans' },
  breachNotified: { value: true, from: 'the breach record' },
  review: {
    value: {
      causes: ['process_failure'],
      detailed: ['process_failure_ICT_risk_management_process_failure'],
      additional: ['inadequate_risk_treatment_measures'],
    },
    from: 'the review',
  },
  costs: { value: { currency: 'EUR', gross: 15_000_050n, recovered: 0n }, from: 'the costs' },
};
