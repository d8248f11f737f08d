'use client';

import { useState } from 'react';
import { orderTripAction } from '#lib/operations/cold/actions.ts';
import type { TripView } from '#lib/operations/cold/view-trip.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';

export type OrderTripProps = Pick<TripView, 'operation' | 'kind' | 'sites'> & {
  /** True when a trip is under way, which a new one ends. */
  isAgain: boolean;
};

/** Orders the documents of a trip. */
export function OrderTrip({ operation, kind, sites, isAgain }: OrderTripProps) {
  const refresh = useRefresh();
  const [pending, setPending] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const choices =
    kind === 'ceremony'
      ? [{ id: 'all', party: null, label: isAgain ? 'Begin anew' : 'Make the first requests' }]
      : sites
          .filter(({ refusal }) => refusal === null)
          .map(({ party }) => ({
            id: party,
            party,
            label: isAgain ? `Make a new request for ${party}` : `Make the request for ${party}`,
          }));

  async function order(id: string, party: string | null) {
    setPending(id);
    setProblem(null);
    const answer = await orderTripAction({ operation, party }).catch(() => null);
    setPending(null);
    if (answer?.ok) refresh();
    else setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <div className="space-y-3">
      <div className="flex flex-wrap gap-2">
        {choices.map(({ id, party, label }) => (
          <Button
            key={id}
            tone={isAgain ? 'secondary' : 'primary'}
            pending={pending === id}
            pendingLabel="Asking for it"
            refused={pending !== null}
            onClick={() => void order(id, party)}
          >
            {label}
          </Button>
        ))}
      </div>
      {sites.map(
        ({ party, refusal }) =>
          refusal !== null && (
            <p key={party} className="text-sm text-text-quiet">
              {refusal}
            </p>
          ),
      )}
      {problem !== null && (
        <Notice tone="danger" title="Not ordered." announce="assertive">
          {problem}
        </Notice>
      )}
    </div>
  );
}
