-- The chart of accounts is read in the order of kind, asset and name, whatever the database's language:
-- names are compared byte by byte. Totals stand in no index, so moving them stays as cheap as it was.
create index account_kind_asset_id_idx on account (kind, asset, id collate "C");
