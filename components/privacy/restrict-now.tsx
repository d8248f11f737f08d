'use client';

import type { RestrictionGround } from '#lib/persons/uses.ts';
import { restrictPersonAction } from '#lib/privacy/rights-actions.ts';
import { Press } from '../live/press.tsx';

/** The restriction that the right asks for, in one press: all that is held, on the grounds that the law names. */
export const RestrictNow = ({ id, ground }: { id: string; ground: RestrictionGround }) => (
  <Press
    label="Restrict all of it now"
    tone="primary"
    failed="Not restricted."
    send={() => restrictPersonAction({ id, ground })}
  />
);
