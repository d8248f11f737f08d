/** The fields of every kind of record, for pages; a form loads those of its own area. Pure. */
import type { Kind } from '#lib/resilience/records/kinds.ts';
import type { Sections } from './field.ts';
import { privacySections } from './privacy-sections.ts';
import { resilienceSections } from './resilience-sections.ts';

export const sectionsOf: Sections<Kind> = { ...resilienceSections, ...privacySections };
