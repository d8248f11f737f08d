'use client';

import type { PrivacyKind } from '#lib/resilience/records/kinds.ts';
import { privacySections, privacyStarts } from './fields/privacy-sections.ts';
import { RecordForm, type FormProps } from './record-form.tsx';

/** The form of a record of data protection: the browser gets the fields of no other area. */
export const PrivacyForm = (props: FormProps<PrivacyKind>) => (
  <RecordForm {...props} sections={privacySections[props.kind]} start={privacyStarts[props.kind]} />
);
