-- What the custodian puts into nonce accounts is no coin of its own put in or taken out, so it is a
-- kind of journal by itself. Journals booked before stay what they are. Written by hand.

alter table journal drop constraint journal_kind_known;
alter table journal
  add constraint journal_kind_known check (
    kind in ('withdrawal', 'deposit', 'network-fee', 'own-funds', 'nonce-accounts', 'correction'));
