import { memberStates } from '#lib/incidents/member-states.ts';
import { categories } from '#lib/persons/field-map.ts';
import { breachKinds, causes, personGroups, readability } from '#lib/privacy/breaches/life.ts';
import type { BreachView } from '#lib/privacy/breaches/view-breach.ts';
import { optionsOf } from '../../clients/complaint-form.tsx';
import { CheckField, SelectField, TextAreaField, TextField } from '../../ui/field.tsx';

/** What is known of a breach, as it was described last. Texts are sealed, so only new ones are written. */
export function DescribeFields({ view: { standing } }: { view: BreachView }) {
  const before = standing.description;
  const kept = (field: string) =>
    standing.texts.has(field) ? 'Leave it empty to keep what is on record.' : undefined;
  return (
    <>
      <Several label="What was lost" name="kinds" of={breachKinds} chosen={before?.kinds} />
      <Several label="Whose data" name="groups" of={personGroups} chosen={before?.groups} />
      <Several label="Which data" name="categories" of={categories} chosen={before?.categories} />
      <TextField
        label="About how many persons"
        name="persons"
        hint="A number, or a range such as 200-350. Leave it empty while nobody knows."
        defaultValue={rangeText(before?.persons ?? null)}
        maxLength={25}
      />
      <TextField
        label="About how many records"
        name="records"
        defaultValue={rangeText(before?.records ?? null)}
        maxLength={25}
      />
      <TextField
        label="Systems"
        name="systems"
        look="mono"
        hint="Numbers of the register of assets, such as AS-2026-000001, apart by blanks."
        defaultValue={before?.systems.join(' ') ?? ''}
        maxLength={1000}
      />
      <SelectField
        label="Can the data be read?"
        name="readability"
        defaultValue={before?.readability ?? 'readable'}
        options={optionsOf(readability)}
      />
      <SelectField
        label="Cause"
        name="cause"
        defaultValue={before?.cause ?? 'unknown'}
        options={optionsOf(causes)}
      />
      <details>
        <summary className="min-h-6 rounded-sm text-sm font-medium text-accent">
          Member States where persons are concerned
        </summary>
        <Several label="Member States" name="states" of={memberStates} chosen={before?.states} />
      </details>
      <TextAreaField
        label="Nature of the breach (a)"
        name="nature"
        hint={kept('nature')}
        rows={4}
        maxLength={8000}
      />
      <TextAreaField
        label="Likely consequences (c)"
        name="consequences"
        hint={kept('consequences')}
        rows={4}
        maxLength={8000}
      />
      <TextAreaField
        label="Measures taken or proposed (d)"
        name="measures"
        hint={kept('measures')}
        rows={4}
        maxLength={8000}
      />
    </>
  );
}

function Several({
  label,
  name,
  of,
  chosen = [],
}: {
  label: string;
  name: string;
  of: Readonly<Record<string, string>>;
  chosen?: readonly string[] | undefined;
}) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{label}</legend>
      {Object.entries(of).map(([value, words]) => (
        <CheckField
          key={value}
          name={name}
          value={value}
          label={words}
          defaultChecked={chosen.includes(value)}
        />
      ))}
    </fieldset>
  );
}

const rangeText = (range: { least: number; most: number } | null): string => {
  if (range === null) return '';
  return range.least === range.most ? String(range.least) : `${range.least}-${range.most}`;
};
