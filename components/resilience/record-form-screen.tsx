import type { ComponentType } from 'react';
import type { Asked } from '#lib/platform/search-params.ts';
import { aKind, kindNames, type Kind } from '#lib/resilience/records/kinds.ts';
import type { Choices } from '#lib/resilience/records/list-choices.ts';
import type { RecordView } from '#lib/resilience/records/view-record.ts';
import { PageHeader } from '../ui/page-header.tsx';
import { fieldWords } from './fields/path-words.ts';
import { sectionsOf } from './fields/sections.ts';
import { areaCrumb, listPath, recordPath } from './kind-address.ts';
import { listWords } from './list-words.ts';
import { countryOptions, currencyOptions } from './place-options.ts';
import type { FormProps } from './record-form.tsx';
import { recordName } from './record-name.ts';

/** Facts that an address may begin a new record with: names of fields whose values are one text or one record. */
function givenFacts(kind: Kind, asked: Asked): Record<string, unknown> {
  const fields = sectionsOf[kind].flatMap((section) => section.fields);
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      const value = asked[field.name];
      if (value === null || value === undefined || value.length > 100) return [];
      if (field.control === 'records') return [[field.name, [value]]];
      return field.control === 'record' || field.control === 'choice' ? [[field.name, value]] : [];
    }),
  );
}

/** A page of its own for the form of a record: they are long. */
export function RecordFormScreen<K extends Kind>({
  kind,
  Form,
  view,
  choices,
  given,
}: {
  kind: K;
  /** The form of the area that the kind is of. */
  Form: ComponentType<FormProps<K>>;
  /** Null for a new one. */
  view: RecordView | null;
  choices: Choices;
  given: Asked;
}) {
  const [, several] = kindNames[kind];
  const sections = sectionsOf[kind];
  const name = view && recordName(view);
  return (
    <>
      <PageHeader
        crumbs={[
          areaCrumb(kind),
          { label: several, href: listPath(kind) },
          ...(view ? [{ label: view.number, href: recordPath(kind, view.id) }] : []),
          { label: view ? 'Change' : 'New' },
        ]}
        title={view ? <bdi>{name}</bdi> : `Add ${aKind(kind)}`}
        state={
          view
            ? `Version ${view.version}${view.retired ? ', retired. Saving it brings it back' : ''}. What you change is kept as version ${view.version + 1}.`
            : listWords[kind].duty
        }
      />
      <Form
        kind={kind}
        record={
          view && {
            id: view.id,
            number: view.number,
            version: view.version,
            facts: view.facts,
            texts: view.texts,
            versions: view.versions.slice(0, 10).map(({ version, by, at, changes }) => ({
              version,
              by,
              at,
              changed: [...new Set(changes.map(({ field }) => fieldWords(sections, field)))],
            })),
          }
        }
        given={givenFacts(kind, given)}
        choices={choices}
        countries={countryOptions}
        currencies={currencyOptions}
      />
    </>
  );
}
