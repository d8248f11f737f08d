import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { fieldOf, type FieldName } from '#lib/persons/field-map.ts';
import { readValues } from '#lib/persons/read-values.ts';
import type { Values } from '#lib/persons/write-person.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { findTooMany } from '../people/open-person.ts';
import { requestField, requestUnknown } from '../requests/act-on-request.ts';
import { loadRequest } from '../requests/load-request.ts';
import { fieldsOf } from './changes.ts';
import { newestPlan, openPlan } from './plan-changes.ts';
import { openChanges } from './sealed-changes.ts';

const form = z.union([
  z.strictObject({ request: requestField }),
  z.strictObject({ correction: z.uuid('This change is not known.').toLowerCase() }),
]);

export type ShownChange = {
  field: FieldName;
  label: string;
  /** Null where nothing is held yet. */
  from: string | null;
  to: string;
};

/** Opens what is to be changed, beside what is held now, for who decides on it. That they look is written down first. */
export async function readPlannedChanges(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<ShownChange[]>> {
  const refused = lacksScope(actor, 'person:view');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const at = context.clock();
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      const found =
        'request' in read.form
          ? await ofRequest(tx, read.form.request)
          : await ofCorrection(tx, read.form.correction);
      if (!found.ok) return found;
      const { person, reference, values } = found.value;
      const fields = fieldsOf(values);
      const stopped = await findTooMany(tx, actor, person, at);
      if (stopped) return stopped;
      await tx.personLook.create({
        data: {
          personId: person,
          by: actor.personId,
          purpose: 'correction',
          reference,
          fields,
          at,
        },
        select: { id: true },
      });
      await appendAudit(tx, {
        kind: 'person-viewed',
        subject: person,
        actor: actor.personId,
        at,
        facts: { purpose: 'correction', reference },
      });
      const held = await readValues(tx, person, { use: 'correction', fields });
      return ok(
        fields.map((field) => ({
          field,
          label: fieldOf(field).label,
          from: held.find((one) => one.field === field)?.value ?? null,
          to: values[field] ?? '',
        })),
      );
    }),
  );
}

type Found = Result<{ person: string; reference: string | null; values: Values }>;

async function ofRequest(tx: Tx, id: string): Promise<Found> {
  const file = await loadRequest(tx, id);
  if (!file) return requestUnknown();
  const { person } = file.standing;
  const plan = await newestPlan(tx, file);
  const values = plan === null ? null : await openPlan(id, plan);
  if (person === null || values === null)
    return refuse('no-plan', 'Nothing was written down that is to be corrected.');
  return ok({ person: person.id, reference: file.number, values });
}

async function ofCorrection(tx: Tx, id: string): Promise<Found> {
  const open = await tx.personCorrection.findFirst({ where: { id, outcome: null } });
  const values = open?.sealed ? await openChanges(open, open.sealed) : null;
  if (!open || values === null)
    return refuse('decided-already', 'This change was decided on, or can’t be read any more.');
  return ok({ person: open.personId, reference: null, values });
}
