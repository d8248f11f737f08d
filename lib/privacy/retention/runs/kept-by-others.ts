/** Whose values of a rule another duty keeps, by what stands against every erasure: they are no work for the night. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { findBlockers, standsAgainst } from '../../erasure/blockers.ts';
import { fieldRules } from '../../erasure/field-rules.ts';
import { loadErasureFacts } from '../../erasure/load-facts.ts';
import type { PeopleCode } from './due-people.ts';
import { fieldsKeptBy } from './rule-version.ts';

/**
 * What the duties of another rule may keep: a record says nothing when nobody knows for whom it was, and who approved
 * something is named by it.
 */
const alsoKeptByOthers = ['full-name', 'email', 'phone'];

/** @param day YYYY-MM-DD as of which it is looked. */
export async function keptByOthers(
  tx: Database | Tx,
  code: PeopleCode,
  { people, day }: { people: readonly string[]; day: string },
): Promise<ReadonlySet<string>> {
  // What was corrected is kept by no duty: those by which it would be are not among its fields.
  if (code === 'corrected-values') return new Set();
  const fields = fieldsKeptBy(code);
  const kept = new Set<string>();
  if (people.length === 0 || !fields.some((field) => alsoKeptByOthers.includes(field))) return kept;
  // Few have nothing left by this rule but what others keep, so few are looked at one by one.
  const rows = await tx.$queryRaw<{ id: string; held: string[] }[]>`
    select v.person_id as id, array_agg(distinct v.field) as held from person_value v
    where v.person_id = any (${[...people]}) and v.field = any (${fields})
    group by v.person_id having bool_and(v.field = any (${alsoKeptByOthers}))`;
  for (const { id, held } of rows) {
    const blockers = findBlockers(await loadErasureFacts(tx, id), day);
    if (blockers.length === 0) continue;
    const ruleOf = await fieldRules(tx, id);
    const isKept = held.every((field) =>
      blockers.some((one) => standsAgainst(one, field, ruleOf(field))),
    );
    if (isKept) kept.add(id);
  }
  return kept;
}
