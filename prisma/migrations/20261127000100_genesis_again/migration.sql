-- The document drawn up last is the one that counts. When a setting was wrong in between, the very
-- document of before is drawn up again, and its row has to become the last one.
grant update (created_at) on genesis to countersign_web;
