'use client';

import { Press } from '../../live/press.tsx';
import { decideWithKey } from './with-key.ts';

/** One press of the key over what stands beside the button. */
export const ApproveButton = ({ about }: { about: Readonly<Record<string, string>> }) => (
  <Press
    label="Approve with key"
    tone="primary"
    failed="Not approved."
    send={() => decideWithKey({ ...about, step: 'approved' })}
  />
);
