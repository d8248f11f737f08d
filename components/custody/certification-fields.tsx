import { textRules, findTextFault } from '#lib/protocol/free-text.ts';
import type { ListingOptions } from '#lib/operations/list-raise-options.ts';
import type { FieldErrors } from '../raise/read-form.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { evidenceWords, wordOf } from './destination-words.ts';

type Texts = Record<string, string>;

/** What shows that the address is the client's, and until when that counts. */
export function CertificationFields({
  methods,
  validitySeconds,
  errors,
}: {
  methods: ListingOptions['evidenceMethods'];
  validitySeconds: number | null;
  errors: FieldErrors;
}) {
  const days = validitySeconds === null ? null : Math.floor(validitySeconds / 86_400);
  return (
    <>
      <SelectField
        label="Evidence of ownership"
        name="method"
        hint="How the client showed that the address is theirs."
        options={[
          { value: '', label: 'None' },
          ...methods.map((value) => ({ value, label: wordOf(evidenceWords, value) })),
        ]}
        error={errors['method']}
      />
      <TextField
        label="Where the evidence is"
        name="note"
        maxLength={500}
        hint="Such as the number of the letter, or the signature. A file’s SHA-256 goes here as well; the file itself stays where it is kept."
        error={errors['note']}
      />
      <TextField
        label="Certified until (may stay empty)"
        name="until"
        type="date"
        hint={
          days === null
            ? 'To the end of the day, UTC. A year from now when left empty.'
            : `To the end of the day, UTC. At most ${days} days from now, which counts when it stays empty.`
        }
        error={errors['until']}
      />
    </>
  );
}

export function certificationErrors({ method = '', note = '', until = '' }: Texts): FieldErrors {
  const errors: FieldErrors = {};
  const fault = method === '' ? null : findTextFault(note, textRules.note);
  if (fault !== null) errors['note'] = fault;
  if (method === '' && note.trim() !== '') errors['method'] = 'Choose what kind of evidence it is.';
  if (until !== '' && Number.isNaN(Date.parse(until))) errors['until'] = 'Choose a day.';
  return errors;
}

/** As the server takes it. */
export const certificationOf = ({ method = '', note = '', until = '' }: Texts) => ({
  evidence: method === '' ? null : { method, note },
  // To the end of the day, by UTC.
  ...(until === '' ? {} : { expiresAt: `${until}T23:59:59.000Z` }),
});
