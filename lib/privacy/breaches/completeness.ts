/** What a notification to the authority has to hold (GDPR Art 33(3)), and what of it is not known yet. Pure. */
import type { BreachStanding } from './fold.ts';

export const contents = {
  nature: { name: 'Nature of the breach', article: '33(3)(a)' },
  groups: { name: 'Categories of persons', article: '33(3)(a)' },
  persons: { name: 'Approximate number of persons', article: '33(3)(a)' },
  categories: { name: 'Categories of data', article: '33(3)(a)' },
  records: { name: 'Approximate number of records', article: '33(3)(a)' },
  contact: {
    name: 'Name and contact of the data protection officer',
    article: '33(3)(b)',
  },
  consequences: { name: 'Likely consequences', article: '33(3)(c)' },
  measures: { name: 'Measures taken or proposed', article: '33(3)(d)' },
} as const;
export type Content = keyof typeof contents;

/** @param hasContact whether the data protection officer and a contact are known. */
export function missingContents(
  { description, texts }: Pick<BreachStanding, 'description' | 'texts'>,
  hasContact: boolean,
): Content[] {
  const isThere: Readonly<Record<Content, boolean>> = {
    nature: description !== null && texts.has('nature'),
    groups: description !== null && description.groups.length > 0,
    persons: (description?.persons ?? null) !== null,
    categories: description !== null && description.categories.length > 0,
    records: (description?.records ?? null) !== null,
    contact: hasContact,
    consequences: texts.has('consequences'),
    measures: texts.has('measures'),
  };
  return (Object.keys(contents) as Content[]).filter((content) => !isThere[content]);
}
