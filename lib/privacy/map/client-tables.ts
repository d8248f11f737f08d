import type { TableMap } from './column-kinds.ts';

/** Clients, their registers, statements and proofs. */
export const clientTables = {
  client: {
    what: 'Clients, by a number',
    client: 'id',
    none: 'created_at',
  },
  client_proof: {
    what: 'Proofs of holdings that clients asked for',
    client: 'client_id',
    operator: 'requested_by',
    signed: 'document',
    words: 'fault',
    none: 'snapshot_id requested_at ended_at',
  },
  custody_policy: {
    what: 'The published policy of custody',
    operator: 'recorded_by',
    words: 'text summary',
    none: 'version adopted_on digest recorded_at',
  },
  loss_liability: {
    what: 'What a loss obliges the custodian to, by account',
    subject: 'account_id',
    amount: 'cents',
    none: 'case_id',
  },
  loss_share: {
    what: 'Whom a loss hits, by account',
    subject: 'account_id',
    amount: 'position units value_cents',
    none: 'case_id',
  },
  position_statement: {
    what: 'Statements that clients got',
    client: 'client_id',
    operator: 'issued_by',
    codes: 'pending',
    none: 'id batch_id reason period_from period_to opened_at opened_journal closed_at last_journal movements content_digest pdf_digest csv_digest issued_at',
  },
  register_case: {
    what: 'Cases of clients: complaints, agreements, losses, rights',
    client: 'client_id',
    operator: 'opened_by',
    codes: 'facts',
    none: 'id register number opened_at',
  },
  register_outcome: {
    what: 'What came of a case in the books',
    operator: 'actor',
    subject: 'account_id',
    none: 'case_id what journal_id line agreement_id at',
  },
  register_statement: {
    what: 'What people signed about a case',
    device: 'credential_id',
    signed: 'document assertion',
    none: 'case_id seq',
  },
  register_step: {
    what: 'The life of a case',
    operator: 'actor',
    codes: 'facts',
    none: 'case_id seq step at',
  },
  register_text: {
    what: 'What people wrote about a case',
    operator: 'written_by',
    sealed: 'sealed',
    hash: 'commitment',
    none: 'case_id seq kind version redacted written_at erased_at',
  },
  rights_entitlement: {
    what: 'Who gets what of a right, by account',
    subject: 'account_id',
    amount: 'position amount',
    none: 'case_id goes_to',
  },
  segregation_check: {
    what: 'Checks whether owners’ coins are kept apart, with what was looked at',
    operator: 'started_by',
    amount: 'inputs breaches',
    none: 'id checked_at inputs_digest found incident',
  },
  statement_batch: {
    what: 'Runs of clients’ statements',
    operator: 'ordered_by',
    label: 'name',
    none: 'id period_from period_to opened_at opened_journal closed_at last_journal clients ordered_at',
  },
  statement_batch_end: {
    what: 'What such a run came to',
    codes: 'left_out',
    none: 'batch_id issued digest ended_at',
  },
} as const satisfies TableMap;
