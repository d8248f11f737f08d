-- Losses are numbered LS. LC is what corrections of the books are numbered, and a number that two registers give
-- names nothing. What was numbered before keeps its number, so the rule holds for new entries only.

alter sequence register_number_lc rename to register_number_ls;

create or replace function register_prefix(register text) returns text language sql immutable as $$
  select case register
    when 'agreement' then 'AG'
    when 'complaint' then 'CO'
    when 'policy-request' then 'PR'
    when 'rights-event' then 'RE'
    when 'return' then 'RT'
    when 'loss' then 'LS'
    when 'sub-custodian' then 'SC'
  end $$;

alter table register_case drop constraint register_case_number_shape;
alter table register_case add constraint register_case_number_shape check (
  coalesce(number ~ ('^' || register_prefix(register) || '-\d{4}-\d{6,}$'), false)) not valid;
