import type { ReactNode } from 'react';
import { countryName } from '#lib/resilience/places.ts';
import { groupThousands } from '../ui/format.ts';
import { Code } from '../ui/grouped.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Day } from '../ui/time.tsx';
import type { Field, LeafField } from './fields/field.ts';
import { recordPath } from './kind-address.ts';
import type { Names } from './names.ts';

type Facts = Readonly<Record<string, unknown>>;

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** A record or a person by name; a record leads to its page. */
export function NamedLink({ id, names }: { id: string; names: Names }): ReactNode {
  const named = names.get(id);
  if (!named) return <Code>{id}</Code>;
  if (named.kind === null) return <bdi>{named.name}</bdi>;
  return (
    <TextLink href={recordPath(named.kind, id)}>
      <bdi>{named.name}</bdi>
    </TextLink>
  );
}

/** One value in words. */
export function leafValue(field: LeafField, value: unknown, names: Names): ReactNode {
  if (isNothing(value)) return null;
  const given = text(value);
  switch (field.control) {
    case 'choice':
      return field.options[given] ?? given;
    case 'yes-no':
      return value === true ? 'Yes' : 'No';
    case 'day':
      return <Day date={given} />;
    case 'country':
      return `${countryName(given)} (${given})`;
    case 'money':
      return <span className="tabular-nums">{groupThousands(given)}</span>;
    case 'person':
    case 'record':
      return <NamedLink id={given} names={names} />;
    case 'line':
      return field.look === 'mono' ? <Code>{given}</Code> : <bdi>{given}</bdi>;
    default:
      return given;
  }
}

/** A value of any field in words; null where there is nothing to say. */
export function fieldValue(
  field: Field,
  facts: Facts,
  texts: Readonly<Record<string, string>>,
  names: Names,
): ReactNode {
  const value = facts[field.name];
  switch (field.control) {
    case 'title':
    case 'area': {
      const said = texts[field.name];
      return said === undefined || said === '' ? null : (
        <div className="prose-line wrap-anywhere whitespace-pre-wrap">
          <bdi>{said}</bdi>
        </div>
      );
    }
    case 'records':
    case 'lines':
    case 'choices':
      return isNothing(value) ? null : (
        <ul className="space-y-1">
          {(value as readonly string[]).map((one) => (
            <li key={one}>
              {field.control === 'records' ? (
                <NamedLink id={one} names={names} />
              ) : field.control === 'choices' ? (
                (field.options[one] ?? one)
              ) : (
                <Code>{one}</Code>
              )}
            </li>
          ))}
        </ul>
      );
    case 'group':
      return field.fields
        .map((cell) => `${cell.label} ${text((value as Facts | undefined)?.[cell.name])}`)
        .join(', ');
    case 'rows':
      return isNothing(value) ? null : (
        <RowsTable
          label={field.label}
          one={field.one}
          fields={field.fields}
          rows={value as Facts[]}
          names={names}
        />
      );
    case 'clauses':
      return null;
    default:
      return leafValue(field, value, names);
  }
}

/** Columns beyond this make a table wider than its place; then each line is a block of its own. */
const columnsMax = 4;

/** Lines of several fields: only those in which anything stands. */
function RowsTable({
  label,
  one,
  fields,
  rows,
  names,
}: {
  label: string;
  one: string;
  fields: readonly LeafField[];
  rows: readonly Facts[];
  names: Names;
}) {
  const shown = fields.filter(({ name }) => rows.some((row) => !isNothing(row[name])));
  if (shown.length === 0) return 'The entity that keeps the register';
  if (shown.length > columnsMax)
    return (
      <ol className="space-y-4">
        {rows.map((row, line) => (
          // Lines have no other name than their place.
          <li key={line} aria-label={`${one} ${line + 1}`}>
            <dl className="grid grid-cols-1 gap-x-6 gap-y-2 rounded-md border border-line bg-surface px-4 py-3 text-sm medium:grid-cols-2 full:grid-cols-3">
              {shown
                .filter(({ name }) => !isNothing(row[name]))
                .map((field) => (
                  <div key={field.name} className="min-w-0">
                    <dt className="text-text-quiet">{field.label}</dt>
                    <dd className="wrap-anywhere">{leafValue(field, row[field.name], names)}</dd>
                  </div>
                ))}
            </dl>
          </li>
        ))}
      </ol>
    );
  return (
    <ScrollRegion label={label}>
      <table className="border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            {shown.map((field) => (
              <th
                key={field.name}
                scope="col"
                className="border-b border-line py-1 pe-5 text-start font-medium whitespace-nowrap text-text-quiet"
              >
                {field.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            // Lines have no other name than their place.
            <tr key={line}>
              {shown.map((field) => (
                <td key={field.name} className="border-b border-line py-1.5 pe-5 align-top">
                  {leafValue(field, row[field.name], names)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
