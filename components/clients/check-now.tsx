'use client';

import { checkSegregationAction } from '#lib/clients/actions.ts';
import { Look } from '../live/look.tsx';

/** Makes a check of segregation when it is pressed. */
export function CheckNow() {
  return (
    <Look
      label="Check now"
      pendingLabel="Checking"
      look={checkSegregationAction}
      say={({ found }) => (found === 0 ? 'Checked: all apart.' : 'Checked: see below.')}
    />
  );
}
