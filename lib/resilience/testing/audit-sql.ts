/** An entry of the audit trail in SQL, for tests that write as a program with the web server's rights would. */

type Entry = { kind: string; subject: string; actor: string; at?: string; facts?: string };

/** Each is an SQL expression, but for the kind. An entry whose subject is null is not written. */
export const auditSql = ({
  kind,
  subject,
  actor,
  at = 'now()',
  facts = `'{}'::jsonb`,
}: Entry): string =>
  `insert into audit_entry (kind, subject, actor, at, leaf, leaf_hash)
     select e.kind, e.subject, e.actor, e.at, l.leaf, sha256('\\x00'::bytea || l.leaf)
       from (select '${kind}' as kind, (${subject})::text as subject, (${actor})::text as actor,
           (${at})::timestamptz(3) as at, ${facts} as facts) e
         cross join lateral (select convert_to(jsonb_build_object('type', 'countersign/audit/v1', 'kind', e.kind,
           'subject', e.subject, 'actor', e.actor, 'at', e.at, 'facts', e.facts)::text, 'UTF8') as leaf) l
       where e.subject is not null`;
