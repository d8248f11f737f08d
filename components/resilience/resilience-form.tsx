'use client';

import type { KindOf } from '#lib/resilience/records/kinds.ts';
import { resilienceSections, resilienceStarts } from './fields/resilience-sections.ts';
import { RecordForm, type FormProps } from './record-form.tsx';

/** The form of a record of resilience: the browser gets the fields of no other area. */
export const ResilienceForm = (props: FormProps<KindOf<'resilience'>>) => (
  <RecordForm
    {...props}
    sections={resilienceSections[props.kind]}
    start={resilienceStarts[props.kind]}
  />
);
