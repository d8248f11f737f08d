import type { TableMap } from './column-kinds.ts';

/** Operations, their statements, addresses, vaults and what went to a chain. */
export const operationTables = {
  account_balance: {
    what: 'What owners’ accounts held when the chain was looked at last',
    address: 'address',
    amount: 'amount',
    none: 'asset height unexplained_at incident',
  },
  address_class: {
    what: 'Whose addresses are, as people recorded',
    client: 'client_id',
    operator: 'recorded_by',
    address: 'address',
    none: 'chain owner_class recorded_at',
  },
  token_scan: {
    what: 'How far chains were looked through for tokens that are not known',
    none: 'chain height stuck_since passed_blocks passed_height',
  },
  unknown_token: {
    what: 'Tokens outside the registry that came to owners’ accounts',
    address: 'token address',
    none: 'chain code touched_height looked_height',
  },
  undone_settlement: {
    what: 'Settled payments that their chain took back',
    address: 'superseded_by',
    none: 'id transaction_id incident found_at back_at',
  },
  asset_hold: {
    what: 'Why nothing of an asset is paid out',
    none: 'id chain asset reason detail held_at incident ended_at',
  },
  chain_decision: {
    what: 'What two people decided about a chain that stood still',
    operator: 'first_by second_by',
    none: 'id hold_id kind first_at second_at used_at places',
  },
  chain_block: {
    what: 'Blocks of chains that were looked at',
    none: 'chain height hash seen_at',
  },
  chain_identity: {
    what: 'Which chain is meant',
    none: 'chain genesis_hash recorded_at',
  },
  chain_lease: {
    what: 'What of a chain operations have set aside',
    address: 'resource',
    none: 'chain operation_id leased_at',
  },
  chain_transaction: {
    what: 'Transactions that were built, signed and sent',
    address: 'message txid raw',
    words: 'error',
    none: 'id operation_id attempt chain conflict_key replacement phase slot created_at signed_at broadcast_at confirmed_at',
  },
  cold_document: {
    what: 'Documents carried to and from parties without a network',
    operator: 'answered_by',
    signed: 'document',
    words: 'refusal_sentence',
    none: 'id trip_id party kind leg step digest file_name made_at expires_at answer answer_digest answered_at taken_at refused_digest refusal_code refusal_party',
  },
  cold_knowledge: {
    what: 'What such a party knows',
    codes: 'knowledge',
    none: 'party updated_at',
  },
  cold_trip: {
    what: 'Trips of such documents',
    operator: 'ordered_by',
    codes: 'progress',
    words: 'stop_sentence',
    none: 'id operation_id attempt kind party state stop_code stop_party ordered_at state_changed_at',
  },
  deposit: {
    what: 'Deposits seen on a chain and whose they are',
    client: 'client_id',
    address: 'txid from_address',
    amount: 'amount',
    none: 'chain vault_id asset slot place appearance block_hash journal_id credited_at',
  },
  deposit_cursor: {
    what: 'How far deposits were looked for',
    address: 'txid',
    none: 'vault_id updated_at',
  },
  deposit_moved: {
    what: 'Blocks to which credited deposits moved',
    address: 'txid',
    none: 'chain vault_id place appearance slot block_hash moved_at',
  },
  deposit_pending: {
    what: 'Deposits that a chain may still undo, and whose they are',
    client: 'client_id',
    address: 'txid from_address',
    amount: 'amount',
    none: 'chain vault_id place asset slot block_hash seen_at',
  },
  deposit_reversal: {
    what: 'Deposits that a chain took away again',
    address: 'txid',
    none: 'chain vault_id place appearance journal_id reversed_at',
  },
  destination: {
    what: 'Addresses to which withdrawals may go, with who certified them',
    client: 'client_id',
    operator: 'removed_by',
    hash: 'evidence_commitment',
    address: 'address',
    label: 'label',
    none: 'id chain asset class state operation_id evidence_method listed_at cooled_at expires_at certified_by removed_at',
  },
  freeze_order: {
    what: 'What is frozen and by whom',
    operator: 'frozen_by',
    subject: 'value',
    none: 'operation_id scope frozen_at released_by_operation released_at',
  },
  mpc_key: {
    what: 'Keys of vaults, held in shares',
    none: 'id suite public_key threshold parties operation_id created_at',
  },
  no_delivery: {
    what: 'Which party has heard of a stop',
    none: 'statement_id party delivered_at',
  },
  nonce_account: {
    what: 'Accounts on chain that keep transactions valid',
    address: 'address',
    none: 'vault_id operation_id',
  },
  nonce_seed: {
    what: 'Seeds of such accounts',
    address: 'address',
    none: 'vault_id seed state planned_at',
  },
  operation: {
    what: 'Operations as they stand',
    client: 'client_id',
    operator: 'raised_by',
    signed: 'intent',
    amount: 'amount',
    codes: 'needs',
    words: 'stop_sentence',
    none: 'id number kind digest state attempt raised_at roster_version policy_version policy_rule delay_seconds second_channel expires_at waiting_until state_changed_at revision stop_code stop_party vault_id destination_id asset',
  },
  operation_note: {
    what: 'What people wrote about an operation',
    operator: 'person_id',
    sealed: 'sealed',
    hash: 'commitment',
    none: 'id operation_id kind redacted created_at',
  },
  operation_progress: {
    what: 'How far the worker is with operations, and what they wait for',
    codes: 'wait key_work',
    none: 'operation_id at',
  },
  operation_statement: {
    what: 'What people signed about an operation',
    operator: 'person_id',
    device: 'credential_id',
    signed: 'document assertion',
    none: 'id operation_id decision attempt recorded_at',
  },
  own_cursor: {
    what: 'How far own addresses were looked through',
    address: 'address txid',
    none: 'chain updated_at',
  },
  party_adoption: {
    what: 'Which party has taken on a roster or policy',
    signed: 'receipt',
    none: 'operation_id party adopted_at',
  },
  party_report: {
    what: 'What parties said of themselves',
    codes: 'status',
    none: 'party at',
  },
  revocation: {
    what: 'Keys that were revoked',
    operator: 'person_id revoked_by',
    device: 'credential_id',
    none: 'operation_id revoked_at',
  },
  signed_fact: {
    what: 'Prices and verdicts that sources signed',
    signed: 'document signature',
    address: 'subject',
    none: 'source fact observed_at recorded_at',
  },
  vault: {
    what: 'Vaults and their addresses',
    address: 'address',
    label: 'name',
    none: 'id tier chain key_id created_at',
  },
  vault_account: {
    what: 'Addresses of owners within vaults',
    client: 'client_id',
    address: 'address',
    none: 'vault_id branch derived_at',
  },
  vault_receipt: {
    what: 'What parties say of their vaults',
    signed: 'document',
    none: 'key_id party digest kept_at',
  },
} as const satisfies TableMap;
