-- Numbers for tax authorities are kept by the law on those reports, and how to reach operators until they leave: each is a
-- category of its own for holds and nights. The same table as lib/persons/field-map.ts.
create or replace function retention_category(p_field text, p_works_here_only boolean) returns text language sql immutable as $$
  select case
    when p_works_here_only and p_field in ('email', 'phone', 'residence', 'residence-country') then 'staff-contact'
    when p_works_here_only then 'employment'
    when p_field in ('email', 'phone', 'language') then 'relationship'
    when p_field = 'iban' then 'micar-records'
    when p_field = 'tax-number' then 'tax-reporting'
    when p_field = 'marketing-consent' then 'consent-withdrawn'
    else 'aml-relationship'
  end $$;
