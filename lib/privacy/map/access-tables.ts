import type { TableMap } from './column-kinds.ts';

/** Who works with the console, their keys and sessions, and what is on record of their acts. */
export const accessTables = {
  access_review: {
    what: 'Reviews of what each operator may do',
    operator: 'operator_id reviewed_by',
    codes: 'grants',
    none: 'id roster_version verdict reviewed_at',
  },
  audit_entry: {
    what: 'The trail: what was done, by whom, to what',
    operator: 'actor',
    subject: 'subject',
    codes: 'leaf',
    none: 'id xid at kind leaf_hash',
  },
  challenge: {
    what: 'Key presses that were asked for, and what for',
    operator: 'operator_id',
    device: 'session_id',
    signed: 'document',
    codes: 'payload',
    none: 'nonce purpose challenge created_at expires_at consumed_at',
  },
  credential: {
    what: 'Security keys of operators',
    operator: 'operator_id',
    device: 'id public_key aaguid attestation transports last_used_at',
    label: 'label',
    none: 'sign_count backup_eligible backed_up format software status created_at',
  },
  genesis: {
    what: 'The founding document',
    signed: 'document',
    none: 'digest state created_at pinned_at',
  },
  genesis_cold_party: {
    what: 'Parties without a network at the founding',
    operator: 'asked_by answered_by removed_by',
    signed: 'document',
    none: 'leg name digest file_name asked_at expires_at group identity_key exchange_key answered_at removed_at',
  },
  genesis_statement: {
    what: 'What founders signed',
    operator: 'person_id',
    signed: 'document assertion',
    none: 'digest recorded_at',
  },
  heartbeat: {
    what: 'When parts of the program last showed life',
    codes: 'detail',
    none: 'name at',
  },
  invitation: {
    what: 'Invitations of operators',
    operator: 'operator_id invited_by',
    hash: 'token_hash',
    none: 'id created_at expires_at used_at',
  },
  login_ticket: {
    what: 'Sign-ins that wait for their page',
    operator: 'operator_id',
    hash: 'token_hash',
    device: 'credential_id',
    none: 'expires_at used_at',
  },
  operator: {
    what: 'Those who work with the console, by an id',
    operator: 'id',
    none: 'roles group status sandbox created_at',
  },
  outbox_event: {
    what: 'Notices from one part of the program to another',
    subject: 'subject',
    codes: 'facts',
    none: 'id kind at',
  },
  policy_draft: {
    what: 'Drafts of policies',
    operator: 'created_by updated_by',
    signed: 'document',
    label: 'name',
    none: 'id base_version created_at updated_at revision discarded_at',
  },
  policy_version: {
    what: 'Policies that were adopted',
    signed: 'document',
    none: 'version digest operation_id adopted_at',
  },
  roster_version: {
    what: 'Rosters that were adopted',
    signed: 'document',
    none: 'version digest operation_id adopted_at',
  },
  session: {
    what: 'Sessions of operators',
    operator: 'operator_id',
    hash: 'token_hash',
    device: 'id credential_id',
    none: 'created_at last_seen_at expires_at revoked_at revoked_reason',
  },
  worker_check: {
    what: 'What the worker has looked at',
    subject: 'subject id',
    words: 'faults',
    none: 'seen checked_at incident',
  },
} as const satisfies TableMap;
