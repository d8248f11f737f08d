import type { TableMap } from './column-kinds.ts';

/** Registers of resilience, drills and the board. */
export const resilienceTables = {
  board_approval: {
    what: 'Who of the board approved a pack',
    operator: 'person',
    none: 'pack_id approved_at',
  },
  board_evidence: {
    what: 'Decisions of the board',
    operator: 'members author signed_by',
    sealed: 'sealed',
    hash: 'commitment',
    device: 'credential_id',
    signed: 'statement assertion',
    label: 'title',
    none: 'id duty version sha256 decided_on decision redacted erased_at signed_at',
  },
  board_pack: {
    what: 'Quarterly reports to the board',
    operator: 'made_by',
    words: 'text',
    none: 'id number quarter digest made_at',
  },
  board_signature: {
    what: 'What members of the board signed of a pack, with conditions',
    operator: 'person',
    sealed: 'sealed',
    hash: 'commitment',
    device: 'credential_id',
    signed: 'statement assertion',
    none: 'pack_id decision redacted erased_at signed_at',
  },
  board_training: {
    what: 'Who of the board was trained in what',
    operator: 'person recorded_by',
    none: 'id topic held_on recorded_at',
  },
  drill_run: {
    what: 'Drills that ran and their evidence',
    codes: 'evidence',
    words: 'reason',
    none: 'id kind started_at ended_at outcome rto_ms rpo_ms digest',
  },
  register_submission: {
    what: 'Submissions of the register of information',
    operator: 'recorded_by',
    none: 'id submitted_on reference_date reference recorded_at',
  },
  resilience_current: {
    what: 'Records of resilience as they stand',
    operator: 'written_by',
    codes: 'facts',
    label: 'ref name',
    none: 'record_id kind number version critical over retired state grade due_on created_at written_at changed',
  },
  resilience_link: {
    what: 'What one record has to do with another',
    none: 'from_id field to_id',
  },
  resilience_pulse: {
    what: 'How often they changed',
    none: 'id changes',
  },
  resilience_record: {
    what: 'Records of resilience',
    operator: 'created_by',
    none: 'id kind number created_at',
  },
  resilience_tally: {
    what: 'How many of them there are of each kind',
    none: 'kind state grade rating over count',
  },
  resilience_text: {
    what: 'Texts of such records',
    sealed: 'sealed',
    hash: 'commitment',
    none: 'record_id version field taken redacted erased_at',
  },
  resilience_version: {
    what: 'Versions of such records',
    operator: 'written_by',
    codes: 'facts links',
    label: 'ref',
    none: 'record_id version state grade due_on retired written_at',
  },
} as const satisfies TableMap;
