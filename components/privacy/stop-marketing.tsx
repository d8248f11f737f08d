'use client';

import { stopMarketingAction } from '#lib/privacy/rights-actions.ts';
import { Press } from '../live/press.tsx';

/** One press, at once and for good: nobody decides on it. */
export const StopMarketing = ({
  about,
  why,
}: {
  about: { person: string } | { request: string };
  why: 'withdrawn' | 'objected';
}) => (
  <Press
    label={why === 'withdrawn' ? 'Take the consent back' : 'Stop marketing'}
    failed="Not stopped."
    send={() => stopMarketingAction({ ...about, why })}
  />
);
