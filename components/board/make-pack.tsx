import { makePackAction } from '#lib/resilience/board/actions.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { SelectField } from '../ui/field.tsx';

/** Keeps the figures of a quarter as they are now, for the board to sign. */
export function MakePack({
  quarters,
  quarter,
}: {
  quarters: readonly { value: string; label: string }[];
  quarter: string;
}) {
  return (
    <ActDialog
      act={makePackAction}
      label="Make the pack"
      title="Make a pack for the board"
      tone="primary"
      done="Make the pack"
      goTo="/resilience/board"
    >
      <SelectField label="Quarter" name="quarter" defaultValue={quarter} options={quarters} />
      <p className="text-sm text-text-quiet">
        The figures are kept as they are now and never change. Another member of the board than you
        approves the pack with a key.
      </p>
    </ActDialog>
  );
}
