'use client';

import { retireRecordAction } from '#lib/resilience/actions.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { TextAreaField } from '../ui/field.tsx';

/** Takes a record out of use, with the reason. It stays, and a later version brings it back. */
export function RetireRecord({ id, seen, number }: { id: string; seen: number; number: string }) {
  return (
    <ActDialog
      act={({ reason }) => retireRecordAction({ id, seen, reason })}
      label="Retire"
      title={`Retire ${number}`}
      done="Retire it"
    >
      <p className="prose-line text-text-quiet">
        It stays with all its versions, and is left out of lists, figures and the register. Nothing
        in use may name it.
      </p>
      <TextAreaField label="Why" name="reason" maxLength={500} />
    </ActDialog>
  );
}
