import type { RecordView } from '#lib/resilience/records/view-record.ts';
import { DescriptionList } from '../ui/description-list.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { fieldValue } from './fact-values.tsx';
import type { Section } from './fields/field.ts';
import type { Names } from './names.ts';

/** The facts of a record, section by section, in words. @param except fields that the page shows in another way. */
export function RecordFacts({
  view,
  sections,
  names,
  except = [],
}: {
  view: RecordView;
  sections: readonly Section[];
  names: Names;
  except?: readonly string[];
}) {
  const facts = view.facts as Readonly<Record<string, unknown>>;
  return sections.map((section) => {
    const items = section.fields.flatMap((field) => {
      if (except.includes(field.name)) return [];
      const detail = fieldValue(field, facts, view.texts, names);
      return detail === null
        ? []
        : [{ id: `${field.control} ${field.name}`, term: field.label, detail }];
    });
    return items.length === 0 ? null : (
      <section key={section.title} aria-label={section.title}>
        <SectionHeading>{section.title}</SectionHeading>
        <DescriptionList items={items} />
      </section>
    );
  });
}
