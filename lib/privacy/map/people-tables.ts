import type { TableMap } from './column-kinds.ts';

/** The vault of what is known of people, and what is done about their data. */
export const peopleTables = {
  erasure_due: {
    what: 'Erasures that were refused, until what stands against them ends',
    person: 'person_id',
    none: 'request_id proposal due_on state since looked_at',
  },
  person: {
    what: 'People in the vault, by an id',
    person: 'id',
    operator: 'created_by',
    none: 'key_id created_at erased_at',
  },
  person_correction: {
    what: 'Corrections of what is known of people, sealed while they wait',
    person: 'person_id',
    operator: 'proposed_by decided_by',
    sealed: 'sealed',
    none: 'id request_id fields proposed_at outcome decided_at',
  },
  person_erasure: {
    what: 'Erasures: what goes, how far it came, and counts and digests of what it left behind',
    person: 'person_id',
    none: 'id cause request_id proposal scope fields plan state reason old_key new_key sweep_table sweep_after gone receipt proof queued_at swept_at removed_at looked_at shredded_at ended_at claimed_by claimed_until',
  },
  person_erasure_witness: {
    what: 'What was sealed under a key that goes, until it is proved that it opens no more',
    sealed: 'sealed',
    none: 'erasure_id field version',
  },
  person_hash: {
    what: 'Keyed hashes by which people are found',
    person: 'person_id',
    hash: 'hash',
    none: 'kind retired_at',
  },
  person_look: {
    what: 'Who looked at whose data, when and what for',
    person: 'person_id',
    operator: 'by',
    none: 'id purpose reference fields at',
  },
  person_restriction: {
    what: 'That data of somebody are only stored, and since when',
    person: 'person_id',
    operator: 'set_by proposed_by',
    none: 'id request_id fields ground allows since seq state told_at lifted_at',
  },
  person_restriction_event: {
    what: 'How a restriction came to be lifted, as it was signed',
    operator: 'actor',
    device: 'credential_id',
    signed: 'document assertion',
    none: 'restriction_id seq kind at told_at request_seq',
  },
  person_stop: {
    what: 'What is done no more with somebody’s data, since they said so',
    person: 'person_id',
    operator: 'stopped_by',
    none: 'what at why request_id',
  },
  person_tie: {
    what: 'What people are to clients',
    person: 'person_id',
    client: 'client_id',
    none: 'role since until',
  },
  person_value: {
    what: 'What is known of people, sealed',
    person: 'person_id',
    operator: 'recorded_by',
    sealed: 'sealed',
    none: 'field version origin recorded_at',
  },
  privacy_hold: {
    what: 'Legal holds',
    operator: 'opened_by',
    none: 'id number key_id opened_at',
  },
  privacy_hold_cover: {
    what: 'What a legal hold covers',
    none: 'kind subject hold_id',
  },
  privacy_hold_event: {
    what: 'The life of a legal hold',
    operator: 'actor',
    codes: 'facts',
    none: 'hold_id seq kind at',
  },
  privacy_hold_standing: {
    what: 'How each legal hold stands',
    none: 'hold_id number ground article opened_at seq state review_on proposal lifted_at',
  },
  privacy_hold_statement: {
    what: 'What people signed about a legal hold',
    device: 'credential_id',
    signed: 'document assertion',
    none: 'hold_id seq',
  },
  privacy_hold_text: {
    what: 'Reasons of legal holds, sealed',
    sealed: 'sealed',
    hash: 'commitment',
    none: 'hold_id seq field erased_at',
  },
  privacy_package: {
    what: 'Copies of people’s data that were ordered to answer requests',
    person: 'person_id',
    operator: 'ordered_by',
    sealed: 'reasons',
    codes: 'choices',
    none: 'id request_id version key_id right ordered_at',
  },
  privacy_package_built: {
    what: 'That such a copy was built, with its digest',
    codes: 'contents',
    none: 'package_id attempt digest bytes undecided built_at erased_at',
  },
  privacy_package_part: {
    what: 'Such copies in parts, sealed',
    sealed: 'sealed',
    none: 'package_id attempt what part',
  },
  privacy_package_progress: {
    what: 'How far the worker is with such a copy',
    none: 'package_id attempt beat_at done fault',
  },
  privacy_request: {
    what: 'Requests of people about their data',
    operator: 'opened_by',
    hash: 'receipt_hash',
    none: 'id number key_id right channel received_at opened_at',
  },
  privacy_request_clock: {
    what: 'Their days, as lists show them',
    none: 'request_id seq state due_on target_on computed_at',
  },
  privacy_request_event: {
    what: 'The life of a request',
    operator: 'actor',
    codes: 'facts',
    none: 'request_id seq kind at',
  },
  privacy_request_file: {
    what: 'Files of a request, sealed',
    sealed: 'sealed',
    none: 'request_id seq part erased_at',
  },
  privacy_request_search: {
    what: 'Keyed hashes by which requests of one sender are found',
    hash: 'hash',
    none: 'kind request_id',
  },
  privacy_request_standing: {
    what: 'How each request stands',
    person: 'person_id',
    none: 'request_id number right channel received_at seq state outcome question proposal',
  },
  privacy_request_statement: {
    what: 'What people signed about a request',
    device: 'credential_id',
    signed: 'document assertion',
    none: 'request_id seq',
  },
  privacy_request_text: {
    what: 'Texts of a request, sealed',
    sealed: 'sealed',
    hash: 'commitment',
    none: 'request_id seq field erased_at',
  },
  privacy_restore_check: {
    what: 'When the database was last held against the keys',
    none: 'id system generation canary checked_at people erased',
  },
} as const satisfies TableMap;
