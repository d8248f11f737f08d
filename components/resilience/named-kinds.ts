/** The kinds that the form of a kind names. Pure. */
import type { Kind } from '#lib/resilience/records/kinds.ts';
import { sectionsOf } from './fields/sections.ts';

export function namedKinds(kind: Kind): Kind[] {
  const fields = sectionsOf[kind].flatMap((section) => section.fields);
  const named = fields.flatMap((field) => {
    if (field.control === 'record' || field.control === 'records') return [field.kind];
    if (field.control !== 'rows') return [];
    return field.fields.flatMap((cell) => (cell.control === 'record' ? [cell.kind] : []));
  });
  return [...new Set(named)];
}
