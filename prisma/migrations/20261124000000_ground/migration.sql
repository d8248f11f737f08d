-- Tables, keys and indexes as schema.prisma says them (written by the schema engine).

-- CreateTable
CREATE TABLE "operator" (
    "id" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "roles" TEXT[],
    "group" TEXT,
    "status" TEXT NOT NULL,
    "sandbox" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "id" TEXT NOT NULL,
    "operator_id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "sign_count" BIGINT NOT NULL,
    "backup_eligible" BOOLEAN NOT NULL,
    "backed_up" BOOLEAN NOT NULL,
    "aaguid" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "attestation" BYTEA NOT NULL,
    "transports" TEXT[],
    "label" TEXT NOT NULL,
    "software" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "operator_id" TEXT NOT NULL,
    "invited_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "challenge" (
    "nonce" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "operator_id" TEXT,
    "session_id" UUID,
    "document" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "challenge" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "consumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "challenge_pkey" PRIMARY KEY ("nonce")
);

-- CreateTable
CREATE TABLE "login_ticket" (
    "token_hash" BYTEA NOT NULL,
    "operator_id" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "login_ticket_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "operator_id" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_reason" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "genesis" (
    "digest" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "pinned_at" TIMESTAMPTZ(3),

    CONSTRAINT "genesis_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "genesis_statement" (
    "digest" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "assertion" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "genesis_statement_pkey" PRIMARY KEY ("digest","person_id")
);

-- CreateTable
CREATE TABLE "roster_version" (
    "version" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "operation_id" UUID,
    "adopted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "roster_version_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "policy_version" (
    "version" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "adopted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "party_adoption" (
    "operation_id" UUID NOT NULL,
    "party" TEXT NOT NULL,
    "receipt" JSONB NOT NULL,
    "adopted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "party_adoption_pkey" PRIMARY KEY ("operation_id","party")
);

-- CreateTable
CREATE TABLE "operation" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "intent" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "raised_by" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "roster_version" INTEGER NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "policy_rule" TEXT NOT NULL,
    "needs" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "state_changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "stop_code" TEXT,
    "stop_party" TEXT,
    "stop_sentence" TEXT,
    "client_id" TEXT,
    "vault_id" TEXT,
    "destination_id" TEXT,
    "asset" TEXT,
    "amount" DECIMAL(78,0),

    CONSTRAINT "operation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "operation_note" (
    "id" UUID NOT NULL,
    "operation_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "salt" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operation_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "operation_statement" (
    "id" BIGSERIAL NOT NULL,
    "operation_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "assertion" JSONB NOT NULL,
    "credential_id" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operation_statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chain_transaction" (
    "id" UUID NOT NULL,
    "operation_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "chain" TEXT NOT NULL,
    "message" BYTEA NOT NULL,
    "conflict_key" TEXT NOT NULL,
    "txid" TEXT,
    "raw" BYTEA,
    "phase" TEXT NOT NULL,
    "slot" BIGINT,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "signed_at" TIMESTAMPTZ(3),
    "broadcast_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "chain_transaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "client" (
    "id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "destination" (
    "id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "chain" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "operation_id" UUID,
    "listed_at" TIMESTAMPTZ(3),

    CONSTRAINT "destination_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mpc_key" (
    "id" TEXT NOT NULL,
    "suite" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "threshold" INTEGER NOT NULL,
    "parties" TEXT[],
    "operation_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mpc_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vault" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "chain" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vault_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "nonce_account" (
    "address" TEXT NOT NULL,
    "vault_id" TEXT NOT NULL,
    "operation_id" UUID,

    CONSTRAINT "nonce_account_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "deposit" (
    "chain" TEXT NOT NULL,
    "txid" TEXT NOT NULL,
    "vault_id" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "amount" DECIMAL(78,0) NOT NULL,
    "client_id" TEXT,
    "from_address" TEXT NOT NULL,
    "slot" BIGINT NOT NULL,
    "journal_id" BIGINT NOT NULL,
    "credited_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deposit_pkey" PRIMARY KEY ("chain","txid","vault_id")
);

-- CreateTable
CREATE TABLE "deposit_cursor" (
    "vault_id" TEXT NOT NULL,
    "txid" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deposit_cursor_pkey" PRIMARY KEY ("vault_id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "client_id" TEXT,
    "vault_id" TEXT,
    "debits" DECIMAL(78,0) NOT NULL DEFAULT 0,
    "credits" DECIMAL(78,0) NOT NULL DEFAULT 0,
    "held" DECIMAL(78,0) NOT NULL DEFAULT 0,
    "version" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal" (
    "id" BIGSERIAL NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "operation_id" UUID,
    "content_digest" TEXT NOT NULL,
    "corrects" BIGINT,
    "posted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "journal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "posting" (
    "journal_id" BIGINT NOT NULL,
    "line" SMALLINT NOT NULL,
    "account_id" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "amount" DECIMAL(78,0) NOT NULL,

    CONSTRAINT "posting_pkey" PRIMARY KEY ("journal_id","line")
);

-- CreateTable
CREATE TABLE "hold" (
    "id" UUID NOT NULL,
    "operation_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "amount" DECIMAL(78,0) NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hold_resolution" (
    "hold_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "journal_id" BIGINT,
    "resolved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "hold_resolution_pkey" PRIMARY KEY ("hold_id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "xid" TEXT NOT NULL DEFAULT (pg_current_xact_id())::text,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "leaf" BYTEA NOT NULL,
    "leaf_hash" BYTEA NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat" (
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "heartbeat_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "credential_operator_id_idx" ON "credential"("operator_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_operator_id_idx" ON "invitation"("operator_id");

-- CreateIndex
CREATE INDEX "challenge_expires_at_idx" ON "challenge"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_operator_id_idx" ON "session"("operator_id");

-- CreateIndex
CREATE UNIQUE INDEX "roster_version_digest_key" ON "roster_version"("digest");

-- CreateIndex
CREATE UNIQUE INDEX "roster_version_operation_id_key" ON "roster_version"("operation_id");

-- CreateIndex
CREATE UNIQUE INDEX "policy_version_digest_key" ON "policy_version"("digest");

-- CreateIndex
CREATE UNIQUE INDEX "operation_number_key" ON "operation"("number");

-- CreateIndex
CREATE INDEX "operation_state_expires_at_idx" ON "operation"("state", "expires_at");

-- CreateIndex
CREATE INDEX "operation_raised_at_id_idx" ON "operation"("raised_at" DESC, "id");

-- CreateIndex
CREATE INDEX "operation_note_operation_id_idx" ON "operation_note"("operation_id");

-- CreateIndex
CREATE UNIQUE INDEX "operation_statement_operation_id_attempt_person_id_decision_key" ON "operation_statement"("operation_id", "attempt", "person_id", "decision");

-- CreateIndex
CREATE UNIQUE INDEX "chain_transaction_txid_key" ON "chain_transaction"("txid");

-- CreateIndex
CREATE UNIQUE INDEX "chain_transaction_operation_id_conflict_key_key" ON "chain_transaction"("operation_id", "conflict_key");

-- CreateIndex
CREATE UNIQUE INDEX "destination_operation_id_key" ON "destination"("operation_id");

-- CreateIndex
CREATE INDEX "destination_client_id_idx" ON "destination"("client_id");

-- CreateIndex
CREATE UNIQUE INDEX "mpc_key_public_key_key" ON "mpc_key"("public_key");

-- CreateIndex
CREATE UNIQUE INDEX "mpc_key_operation_id_key" ON "mpc_key"("operation_id");

-- CreateIndex
CREATE UNIQUE INDEX "vault_address_key" ON "vault"("address");

-- CreateIndex
CREATE UNIQUE INDEX "nonce_account_operation_id_key" ON "nonce_account"("operation_id");

-- CreateIndex
CREATE INDEX "nonce_account_vault_id_idx" ON "nonce_account"("vault_id");

-- CreateIndex
CREATE INDEX "account_client_id_idx" ON "account"("client_id");

-- CreateIndex
CREATE INDEX "account_vault_id_idx" ON "account"("vault_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_id_asset_key" ON "account"("id", "asset");

-- CreateIndex
CREATE UNIQUE INDEX "journal_idempotency_key_key" ON "journal"("idempotency_key");

-- CreateIndex
CREATE INDEX "journal_operation_id_idx" ON "journal"("operation_id");

-- CreateIndex
CREATE INDEX "posting_account_id_journal_id_idx" ON "posting"("account_id", "journal_id");

-- CreateIndex
CREATE UNIQUE INDEX "hold_operation_id_key" ON "hold"("operation_id");

-- CreateIndex
CREATE INDEX "hold_account_id_idx" ON "hold"("account_id");

-- CreateIndex
CREATE INDEX "hold_resolution_journal_id_idx" ON "hold_resolution"("journal_id");

-- CreateIndex
CREATE INDEX "audit_entry_subject_id_idx" ON "audit_entry"("subject", "id");

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "party_adoption" ADD CONSTRAINT "party_adoption_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "operation_note" ADD CONSTRAINT "operation_note_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "operation_statement" ADD CONSTRAINT "operation_statement_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "chain_transaction" ADD CONSTRAINT "chain_transaction_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "destination" ADD CONSTRAINT "destination_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "vault" ADD CONSTRAINT "vault_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "mpc_key"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "nonce_account" ADD CONSTRAINT "nonce_account_vault_id_fkey" FOREIGN KEY ("vault_id") REFERENCES "vault"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "deposit" ADD CONSTRAINT "deposit_vault_id_fkey" FOREIGN KEY ("vault_id") REFERENCES "vault"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "deposit" ADD CONSTRAINT "deposit_journal_id_fkey" FOREIGN KEY ("journal_id") REFERENCES "journal"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "deposit_cursor" ADD CONSTRAINT "deposit_cursor_vault_id_fkey" FOREIGN KEY ("vault_id") REFERENCES "vault"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_vault_id_fkey" FOREIGN KEY ("vault_id") REFERENCES "vault"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "journal" ADD CONSTRAINT "journal_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "journal" ADD CONSTRAINT "journal_corrects_fkey" FOREIGN KEY ("corrects") REFERENCES "journal"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "posting" ADD CONSTRAINT "posting_journal_id_fkey" FOREIGN KEY ("journal_id") REFERENCES "journal"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "posting" ADD CONSTRAINT "posting_account_id_asset_fkey" FOREIGN KEY ("account_id", "asset") REFERENCES "account"("id", "asset") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "hold" ADD CONSTRAINT "hold_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "hold" ADD CONSTRAINT "hold_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "hold_resolution" ADD CONSTRAINT "hold_resolution_hold_id_fkey" FOREIGN KEY ("hold_id") REFERENCES "hold"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "hold_resolution" ADD CONSTRAINT "hold_resolution_journal_id_fkey" FOREIGN KEY ("journal_id") REFERENCES "journal"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
