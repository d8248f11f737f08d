-- Keys that the key service has and that no row, text or backup on record owns, each with when that was first seen. What was
-- sealed under one still opens, in whatever backup it stands, and nothing would ever destroy it.

-- CreateTable
CREATE TABLE "data_key_unowned" (
    "key_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "data_key_unowned_pkey" PRIMARY KEY ("key_id")
);

alter table data_key_unowned add constraint data_key_unowned_form check (key_id ~ '^[0-9a-f]{32}$');
create index data_key_unowned_since on data_key_unowned (since);

revoke all on data_key_unowned from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
grant select, insert, delete on data_key_unowned to countersign_worker;
