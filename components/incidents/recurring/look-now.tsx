'use client';

import { checkRecurrenceAction } from '#lib/incidents/actions.ts';
import { Look } from '../../live/look.tsx';

/** Looks for recurring incidents when it is pressed, and says what came of it. */
export function LookNow() {
  return (
    <Look
      label="Look now"
      pendingLabel="Looking"
      look={checkRecurrenceAction}
      say={({ groups, opened }) =>
        groups === 0
          ? 'Looked: none recur.'
          : opened.length === 0
            ? 'Looked: nothing new.'
            : `Looked: ${opened.join(', ')} came to the desk.`
      }
    />
  );
}
