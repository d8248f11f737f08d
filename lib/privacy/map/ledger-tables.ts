import type { TableMap } from './column-kinds.ts';

/** The books, bank statements, breaks and corrections. */
export const ledgerTables = {
  account: {
    what: 'Accounts of the books, of clients and of the custodian',
    client: 'client_id',
    subject: 'id',
    amount: 'debits credits held',
    none: 'kind asset vault_id version',
  },
  bank_account: {
    what: 'The custodian’s accounts at banks',
    operator: 'recorded_by',
    address: 'iban',
    none: 'id institution bic currency segregated opened_on recorded_at',
  },
  bank_booking: {
    what: 'Which bank entry is whose in the books',
    client: 'client_id',
    none: 'statement_id position journal_id cause booked_at',
  },
  bank_entry: {
    what: 'Entries of bank statements without their words',
    subject: 'reference',
    hash: 'commitment',
    amount: 'amount',
    none: 'statement_id position account_id line booking_day value_day is_reversal payments',
  },
  bank_entry_text: {
    what: 'The words of bank entries: who paid, and what for',
    sealed: 'sealed',
    hash: 'commitment',
    none: 'statement_id position redacted end_to_end_hash',
  },
  bank_statement: {
    what: 'Statements of banks that were imported',
    operator: 'imported_by',
    amount: 'opening closing',
    none: 'id account_id bank_id sequence from_day to_day entry_count previous_id format file_digest file_bytes imported_at',
  },
  bank_statement_booked: {
    what: 'Which statements are in the books',
    none: 'statement_id booked_at',
  },
  bank_text_looked: {
    what: 'In which bank entries the worker has looked for names',
    none: 'statement_id position done',
  },
  break_closing_check: {
    what: 'Whether signatures of closed breaks were looked at',
    words: 'fault',
    none: 'event_id checked_at incident',
  },
  break_event: {
    what: 'The life of a break',
    operator: 'actor',
    hash: 'commitment',
    codes: 'facts',
    none: 'id break_id revision what at run_id written_at',
  },
  break_note: {
    what: 'What people wrote about a break',
    sealed: 'sealed',
    hash: 'commitment',
    none: 'event_id redacted',
  },
  break_record: {
    what: 'Differences between the books and the world',
    operator: 'closed_by owner proposed_by accepted_by',
    subject: 'identity subject',
    amount: 'amount',
    codes: 'content sides',
    none: 'id number kind asset place cause found_at found_run last_run due_at over_limit state closed_at proposed_how proposed_journal revision',
  },
  break_statement: {
    what: 'What people signed to close a break',
    device: 'credential_id',
    signed: 'document assertion',
    none: 'event_id',
  },
  control_proof: {
    what: 'Proofs that a vault is under control',
    signed: 'signature',
    none: 'operation_id snapshot_id vault_id signed_at',
  },
  hold: {
    what: 'Amounts held back in the books',
    subject: 'account_id',
    amount: 'amount fee',
    none: 'id operation_id placed_at',
  },
  hold_resolution: {
    what: 'What became of them',
    none: 'hold_id outcome journal_id resolved_at',
  },
  journal: {
    what: 'Journals of the books',
    none: 'id idempotency_key kind operation_id content_digest corrects posted_at',
  },
  ledger_close: {
    what: 'How far the books are closed',
    none: 'id closed_at last_journal',
  },
  ledger_correction: {
    what: 'Corrections of the books',
    operator: 'raised_by ended_by',
    signed: 'document',
    none: 'id number digest corrects break_id raised_at expires_at state ended_at journal',
  },
  ledger_correction_check: {
    what: 'Whether their signatures were looked at',
    words: 'fault',
    none: 'correction_id checked_at incident',
  },
  ledger_correction_event: {
    what: 'The life of a correction',
    operator: 'actor',
    hash: 'commitment',
    none: 'id correction_id what at',
  },
  ledger_correction_note: {
    what: 'What people wrote about a correction',
    sealed: 'sealed',
    hash: 'commitment',
    none: 'event_id redacted',
  },
  ledger_correction_statement: {
    what: 'What people signed about a correction',
    device: 'credential_id',
    signed: 'document assertion',
    none: 'event_id',
  },
  posting: {
    what: 'Lines of journals',
    subject: 'account_id',
    amount: 'amount balance',
    none: 'journal_id line asset',
  },
  reconciliation_repeat: {
    what: 'Reconciliations that were run again',
    operator: 'by',
    none: 'id run_id at outcome_digest is_same',
  },
  reconciliation_request: {
    what: 'Reconciliations that were asked for',
    operator: 'started_by',
    words: 'fault',
    none: 'id wanted requested_at state places_total places_done ended_at',
  },
  reconciliation_run: {
    what: 'Reconciliations and their outcome',
    amount: 'ledger_balance outside_balance',
    codes: 'inputs outcome carry',
    none: 'id request_id kind asset place at began_at ledger_position outside_position matched breaks inputs_digest outcome_digest',
  },
  reserves_snapshot: {
    what: 'Snapshots of reserves and liabilities',
    signed: 'document',
    none: 'id digest clients taken_at',
  },
  snapshot_failure: {
    what: 'Snapshots that failed',
    none: 'snapshot_id cause failed_at',
  },
  snapshot_request: {
    what: 'Snapshots that were asked for',
    operator: 'requested_by',
    none: 'id requested_at',
  },
  snapshot_seed: {
    what: 'Seeds of proofs',
    none: 'snapshot_id seed',
  },
} as const satisfies TableMap;
