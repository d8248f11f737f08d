-- The first block of a chain, in the spelling of its nodes: base58 on Solana, hex on Ethereum and Bitcoin.
alter table chain_identity
  drop constraint chain_identity_shape,
  add constraint chain_identity_shape check (case
    when chain like 'solana:%' then genesis_hash ~ '^[1-9A-HJ-NP-Za-km-z]{32,44}$'
    when chain like 'eip155:%' then genesis_hash ~ '^0x[0-9a-f]{64}$'
    when chain like 'bip122:%' then genesis_hash ~ '^[0-9a-f]{64}$'
    else false end);
