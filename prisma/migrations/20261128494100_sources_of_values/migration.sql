-- Each value of a person says from where it is (Article 15(1)(g) GDPR): whoever writes it down chooses it. The copy for
-- the person said "you told us" of every value of a field, by the map of fields. Of what is on record nobody knows it.

alter table person_value add column source text not null default 'not-recorded',
  add constraint person_value_source check (source in ('form', 'conversation', 'document', 'representative',
    'bank-statement', 'registry', 'own-work', 'not-recorded', 'correction', 'withdrawal', 'invitation'));

alter table person_correction add column source text not null default 'not-recorded',
  add constraint person_correction_source check (source in ('form', 'conversation', 'document', 'representative',
    'bank-statement', 'registry', 'own-work', 'not-recorded', 'correction'));
