'use client';

import { TextLink } from '../ui/text-link.tsx';
import { useOperation } from './operation-live.tsx';

/** Id of the section with the buttons and what is said about them. */
export const decisionId = 'your-decision';

/** One line under the heading for what stands further down, out of sight on most screens. */
export function LookBelow() {
  const { live, isStale } = useOperation();
  const isHeld = live.state === 'held';
  if (!isStale && !isHeld) return null;
  return (
    <p className="screen-only mb-4 text-caution">
      {isStale ? 'Not as you read it any more. ' : 'It stands still. '}
      <TextLink href={`#${decisionId}`}>
        {isStale ? 'See what changed' : 'See why, and what can be done'}
      </TextLink>
    </p>
  );
}
