-- A proof of control has 64 bytes on Solana, 65 on Ethereum, and on Bitcoin the witness of BIP322: one signature of 64
-- bytes (taproot), or one in DER with its sighash type and a key (P2WPKH), each behind its length.
alter table control_proof
  drop constraint control_proof_whole,
  add constraint control_proof_whole check (length(signature) between 64 and 108);
