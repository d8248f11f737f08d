import type { TableMap } from './column-kinds.ts';

/** Incidents, their reports, costs and who was on call. */
export const incidentTables = {
  entity_contact: {
    what: 'Contacts of the custodian for authorities',
    sealed: 'sealed',
    hash: 'commitment',
    none: 'version field redacted erased_at',
  },
  entity_profile: {
    what: 'The custodian’s own master data',
    operator: 'recorded_by',
    codes: 'facts',
    none: 'version recorded_at',
  },
  incident: {
    what: 'Incidents',
    operator: 'opened_by',
    none: 'id number sort source opened_at',
  },
  incident_clock: {
    what: 'Deadlines of reports, as lists show them',
    none: 'incident_id clock version state due_at done_at',
  },
  incident_cost: {
    what: 'What incidents cost',
    operator: 'recorded_by',
    amount: 'gross_cents recovery_cents',
    none: 'incident_id seq year category corrects recorded_at',
  },
  incident_deadline: {
    what: 'Deadlines of reports, as computed',
    codes: 'facts',
    none: 'incident_id clock version state limit_at due_at done_at computed_at',
  },
  incident_event: {
    what: 'The life of an incident',
    operator: 'actor',
    codes: 'facts',
    none: 'incident_id seq kind at',
  },
  incident_evidence: {
    what: 'Files of an incident',
    sealed: 'sealed',
    hash: 'sha256 commitment',
    none: 'id incident_id seq media_type size erased_at',
  },
  incident_link: {
    what: 'What an incident has to do with',
    subject: 'ref',
    none: 'incident_id kind seq',
  },
  incident_month: {
    what: 'Sums of incidents by month',
    none: 'month cause incidents major detect_ms detect_of classify_ms classify_of contain_ms contain_of recover_ms recover_of',
  },
  incident_operation: {
    what: 'Operations of an automatic incident',
    none: 'incident_id operation_id',
  },
  incident_record: {
    what: 'Incidents that the program found by itself',
    operator: 'opened_by',
    words: 'title',
    none: 'id number what opened_at state',
  },
  incident_report: {
    what: 'Reports to the authority',
    operator: 'opened_by',
    none: 'id incident_id stage opened_at',
  },
  incident_report_draft: {
    what: 'Drafts of such reports',
    operator: 'written_by',
    sealed: 'sealed',
    hash: 'commitment',
    none: 'report_id version redacted written_at erased_at',
  },
  incident_report_step: {
    what: 'Steps of such reports, with signatures',
    operator: 'actor',
    device: 'credential_id',
    signed: 'statement assertion',
    codes: 'facts',
    none: 'report_id seq step at',
  },
  incident_standing: {
    what: 'How each incident stands',
    operator: 'assignee',
    none: 'incident_id number sort source opened_at seq state severity class category cause acknowledged_at occurred_at detected_at classified_at contained_at recovered_at closed_at reviewed_at escalation',
  },
  incident_submission: {
    what: 'Reports as they were submitted',
    sealed: 'sealed',
    hash: 'commitment',
    none: 'report_id seq redacted digest released_at erased_at',
  },
  incident_task: {
    what: 'Tasks of an incident',
    operator: 'assignee',
    none: 'incident_id seq purpose due_on done_at',
  },
  incident_text: {
    what: 'What people wrote about an incident',
    sealed: 'sealed',
    hash: 'commitment',
    none: 'incident_id seq field redacted erased_at',
  },
  on_call_turn: {
    what: 'Who is on call',
    operator: 'person_id set_by ended_by',
    none: 'id level from_at until_at set_at ended_at',
  },
  outflow: {
    what: 'Outflows from vaults that nobody ordered',
    address: 'txid',
    amount: 'amount',
    none: 'id chain vault_id asset slot noted_at incident',
  },
  outflow_seen: {
    what: 'Who has seen them',
    operator: 'person_id',
    none: 'outflow_id at',
  },
  recurrence_check: {
    what: 'Looks for incidents that come back',
    operator: 'started_by',
    codes: 'groups',
    none: 'id at from_day until_day looked_at',
  },
  threat_draft: {
    what: 'Drafts about cyber threats',
    operator: 'written_by',
    sealed: 'sealed',
    hash: 'commitment',
    none: 'incident_id version redacted written_at erased_at',
  },
} as const satisfies TableMap;
