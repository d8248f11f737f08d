import { useState } from 'react';
import { capitalised, factNames } from '#lib/operations/policy-words.ts';
import type { FactSource } from '#lib/protocol/policy.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Hash } from '../../ui/grouped.tsx';
import type { PolicyForm } from '../form/policy-form.ts';
import { readSource, type SourceFaults, type SourceForm } from '../form/read-source.ts';
import { SpanField } from './fields.tsx';
import type { Edit } from './rule-card.tsx';

type Named = PolicyForm['sources'];

const factChoices = Object.entries(factNames).map(([value, name]) => ({
  value,
  label: capitalised(name),
}));

/** Whose signed word counts, with the highest age of each. */
export function SourcesFields({
  form: { sources },
  errors,
  edit,
}: {
  form: PolicyForm;
  errors: Readonly<Record<string, string>>;
  edit: Edit;
}) {
  const change = (next: (before: Named) => Named) =>
    edit((before) => ({ ...before, sources: next(before.sources) }));
  return (
    <>
      {sources.length === 0 && (
        <p className="text-text-quiet">
          None. Rules can’t look at prices, risk, standing or shortfalls.
        </p>
      )}
      <ul className="space-y-4">
        {sources.map((source) => (
          <li key={source.name}>
            <p>
              <strong>{source.name}</strong>, {factNames[source.fact]}
              <span className="block text-sm text-text-quiet">
                Key <Hash value={source.publicKey} groups={4} />
              </span>
            </p>
            <div className="flex flex-wrap items-end gap-3">
              <SpanField
                label={`Highest age of ${source.name}`}
                hideLabel
                error={errors[`source ${source.name}`]}
                value={source.maxAge}
                onChange={(maxAge) =>
                  change((before) =>
                    before.map((other) =>
                      other.name === source.name ? { ...other, maxAge } : other,
                    ),
                  )
                }
              />
              <Button
                size="small"
                onClick={() =>
                  change((before) => before.filter(({ name }) => name !== source.name))
                }
              >
                Take {source.name} out
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <AddSource sources={sources} onAdd={(source) => change((before) => [...before, source])} />
    </>
  );
}

const nothing: SourceForm = { name: '', fact: 'price', publicKey: '' };

/** A closed drawer: sources are named seldom, and a rule that looks at one without an address refuses. */
function AddSource({ sources, onAdd }: { sources: Named; onAdd: (source: Named[number]) => void }) {
  const [form, setForm] = useState(nothing);
  const [faults, setFaults] = useState<SourceFaults>({});

  function add() {
    const read = readSource(form, sources);
    setFaults(read.ok ? {} : read.faults);
    if (!read.ok) return;
    onAdd(read.source);
    setForm(nothing);
  }

  return (
    <details className="mt-4 max-w-form">
      <summary className="min-h-8 text-sm font-strong">Name a source</summary>
      <div className="space-y-3 pt-2">
        <SelectField
          label="It tells of"
          options={factChoices}
          value={form.fact}
          onChange={(event) => setForm({ ...form, fact: event.target.value as FactSource['fact'] })}
        />
        <TextField
          label="Name of the source"
          hint="As it stands in the settings, where its address is."
          maxLength={64}
          error={faults.name}
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.target.value })}
        />
        <TextField
          label="Its Ed25519 key"
          hint="As the source itself gave it to you, on another way than this console."
          look="mono"
          maxLength={64}
          error={faults.publicKey}
          value={form.publicKey}
          onChange={(event) => setForm({ ...form, publicKey: event.target.value })}
        />
        <Button size="small" onClick={add}>
          Name this source
        </Button>
      </div>
    </details>
  );
}
