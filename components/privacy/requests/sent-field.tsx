import type { RequestView } from '#lib/privacy/requests/view-request.ts';
import { SelectField } from '../../ui/field.tsx';
import { DigestField } from './digest-field.tsx';

type Sendable = RequestView['sendable'][number];

const words: Readonly<Record<Sendable['what'], string>> = {
  package: 'Package',
  file: 'File',
  note: 'Note',
  reasons: 'Reasons of the decision',
};

/** What was sent: the package where one was decided on, else something that is on record here. */
export function SentField({
  approved,
  sendable,
}: {
  /** Digest of the package that was approved; null where none was. */
  approved: string | null;
  sendable: readonly Sendable[];
}) {
  if (approved !== null) return <DigestField approved={approved} />;
  return (
    <SelectField
      label="What was sent"
      name="digest"
      placeholder="Choose what was sent"
      hint="A letter that is not on record here is added as a file, or kept as a note, first."
      options={sendable.map(({ digest, seq, what }) => ({
        value: digest,
        label: seq === null ? words[what] : `${words[what]}, entry ${seq}`,
      }))}
    />
  );
}
