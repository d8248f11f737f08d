-- What lies in a vault for a client is added up from the journals that moved it there and away. Transfers of a client's
-- account name the client in their intent alone.
create index operation_transfer_owner on operation ((intent::jsonb ->> 'owner')) where kind = 'vault-transfer';
