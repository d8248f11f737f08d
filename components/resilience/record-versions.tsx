import type { Difference } from '#lib/resilience/records/differences.ts';
import type { RecordView, VersionView } from '#lib/resilience/records/view-record.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { Time } from '../ui/time.tsx';
import { Timeline } from '../ui/timeline.tsx';
import { fieldWords, pathWords } from './fields/path-words.ts';
import type { Field, LeafField, Section } from './fields/field.ts';
import type { Names } from './names.ts';

/** The field that holds one value of a path; null where none is known. */
function leafAt(sections: readonly Section[], path: string): LeafField | null {
  const [name = '', ...rest] = path.split('.');
  const fields = sections.flatMap((section): readonly Field[] => section.fields);
  for (const field of fields) {
    if (field.name !== name) continue;
    if (field.control === 'rows') return field.fields.find((cell) => cell.name === rest[1]) ?? null;
    if (field.control === 'group')
      return field.fields.find((cell) => cell.name === rest[0]) ?? null;
    if (rest.length === 0 && 'options' in field && field.control === 'choice') return field;
  }
  return null;
}

/** A value of a version in words. */
function valueWords(
  sections: readonly Section[],
  path: string,
  value: string,
  names: Names,
): string {
  const named = names.get(value);
  if (named) return named.name;
  const leaf = leafAt(sections, path);
  if (leaf?.control === 'choice') return leaf.options[value] ?? value;
  return value === 'true' ? 'Yes' : value === 'false' ? 'No' : value;
}

/** Every version, newest first: who wrote it, when, and what it changed. */
export function RecordVersions({
  view,
  sections,
  names,
}: {
  view: RecordView;
  sections: readonly Section[];
  names: Names;
}) {
  return (
    <section aria-label="Versions">
      <SectionHeading>Versions</SectionHeading>
      <Timeline
        label="Versions, newest first"
        entries={view.versions.map((one, index) => ({
          id: String(one.version),
          shape: one.retired ? 'square' : index === 0 ? 'dot' : 'ring',
          title: titleOf(one, sections),
          detail: (
            <>
              <bdi>{one.by}</bdi>, <Time instant={one.at} />
            </>
          ),
          ...(one.version === 1 || one.changes.length === 0
            ? {}
            : {
                evidenceLabel: 'What changed',
                evidence: <Changes changes={one.changes} sections={sections} names={names} />,
              }),
        }))}
      />
      {view.hasOlder && (
        <p className="mt-2 text-sm text-text-quiet">Older versions are kept and not shown here.</p>
      )}
    </section>
  );
}

function titleOf(
  { version, retired, changes, changeCount }: VersionView,
  sections: readonly Section[],
) {
  if (version === 1) return 'Recorded';
  if (retired) return `Version ${version}: retired`;
  const fields = [...new Set(changes.map(({ field }) => fieldWords(sections, field)))];
  const shown = fields.slice(0, 3).join(', ');
  const more = fields.length > 3 || changeCount > changes.length ? ' and more' : '';
  return `Version ${version}: ${fields.length === 0 ? 'brought back' : `${shown}${more}`}`;
}

function Changes({
  changes,
  sections,
  names,
}: {
  changes: readonly Difference[];
  sections: readonly Section[];
  names: Names;
}) {
  return (
    <dl className="space-y-2">
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt className="text-text-quiet">{pathWords(sections, field)}</dt>
          <dd className="wrap-anywhere">
            {before !== null && (
              <>
                <del className="text-text-quiet">
                  <bdi>{valueWords(sections, field, before, names)}</bdi>
                </del>{' '}
              </>
            )}
            {after === null || after === '' ? (
              before === null && 'taken away'
            ) : (
              <ins className="no-underline">
                <bdi>{valueWords(sections, field, after, names)}</bdi>
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
