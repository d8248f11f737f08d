import { correctTextAction } from '#lib/clients/actions.ts';
import { TextAreaField } from '../ui/field.tsx';
import { ActDialog } from './act-dialog.tsx';

/** Corrects a text by a newer version; the earlier one stays on record. */
export function CorrectText({
  id,
  seq = 0,
  kind,
  version,
  text,
  label,
  button,
}: {
  id: string;
  seq?: number;
  kind: string;
  version: number;
  text: string;
  /** What is corrected, such as "who complains". */
  label: string;
  /** Words of the button. */
  button: string;
}) {
  return (
    <ActDialog
      act={correctTextAction}
      label={button}
      title={`Correct ${label}`}
      size="small"
      fixed={{ id, seq: String(seq), kind, version: String(version) }}
    >
      <TextAreaField
        label="As it should read"
        name="text"
        hint="The earlier version stays on record until it is erased."
        rows={4}
        maxLength={4000}
        defaultValue={text}
      />
    </ActDialog>
  );
}
