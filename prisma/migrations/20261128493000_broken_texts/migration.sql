-- A text that opens and is not of the form that its table keeps is a sign of a row that was made up, as one that does not open.
alter table data_key_refusal drop constraint data_key_refusal_known;
alter table data_key_refusal add constraint data_key_refusal_known check (kind ~ '^[a-z]{1,20}$'
  and length(owner) between 1 and 300 and fault in ('not-own', 'key-unknown', 'seal-broken', 'not-parsed'));
