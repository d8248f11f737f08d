-- The registers of data protection (GDPR Art 13, 14, 28, 30, 35, 36 and Chapter V) are records like those of
-- resilience: versions that stay, texts that can be erased, ties both ways. They have numbers of their own.

create sequence resilience_number_pa;
create sequence resilience_number_ia;
create sequence resilience_number_tf;
create sequence resilience_number_pc;
create sequence resilience_number_pn;
create sequence resilience_number_cs;
create sequence resilience_number_cp;

-- The same table as lib/resilience/records/kinds.ts.
create or replace function resilience_prefix(kind text) returns text language sql immutable as $$
  select case kind
    when 'entity' then 'EN'
    when 'provider' then 'PV'
    when 'function' then 'FN'
    when 'contract' then 'CT'
    when 'asset' then 'AS'
    when 'risk' then 'RK'
    when 'finding' then 'FD'
    when 'test' then 'TS'
    when 'plan' then 'PL'
    when 'plan-test' then 'PT'
    when 'activity' then 'PA'
    when 'dpia' then 'IA'
    when 'transfer' then 'TF'
    when 'processor' then 'PC'
    when 'notice' then 'PN'
    when 'consent' then 'CS'
    when 'party' then 'CP'
  end $$;

revoke all on sequence resilience_number_pa, resilience_number_ia, resilience_number_tf, resilience_number_pc,
  resilience_number_pn, resilience_number_cs, resilience_number_cp from public;
