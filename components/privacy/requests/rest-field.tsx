import { restWays } from '#lib/privacy/requests/rest-ways.ts';
import { SelectField, TextAreaField } from '../../ui/field.tsx';

const ways = Object.entries(restWays).map(([value, { name, article }]) => ({
  value,
  label: `${name} (Art ${article})`,
}));

/** What became of places in which values were found after the erasure; nothing where none was found. */
export function RestField({ found }: { found: number }) {
  if (found === 0) return null;
  return (
    <>
      <SelectField
        label="Places in which values were found still"
        name="rest"
        placeholder="Say what became of them"
        hint="The proof of the erasure names them. The person is told that it is done only once each is cleared, or kept by an article."
        options={ways}
      />
      <TextAreaField
        label="Reasons"
        name="reasons"
        hint="Each place, what you saw there, and why it is as it is. Name no value."
        rows={4}
        maxLength={8000}
      />
    </>
  );
}
