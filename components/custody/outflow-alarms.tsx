'use client';

import type { OutflowAlarm } from '#lib/operations/list-outflows.ts';
import { useLiveQuery } from '../live/use-live-query.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { countOf } from '../operations/counts.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Time } from '../ui/time.tsx';

const ALARMS = ['alarms', 'outflows'] as const;

/** Above every page until somebody has said that they have seen it; appears by itself. */
export function OutflowAlarms({ initial }: { initial: OutflowAlarm }) {
  const { data } = useLiveQuery(ALARMS, '/api/live/alarms', initial);
  const { newest, others } = data;
  if (!newest) return null;
  return (
    <div className="mb-6">
      <Notice
        tone="danger"
        announce="assertive"
        title={
          <>
            <OperationAmount value={newest.amount} asset={newest.asset} /> left vault{' '}
            <bdi>{newest.vaultName}</bdi>, and no operation here sent it.
          </>
        }
        more={others > 0 && `${countOf(others, 'other outflow')} nobody has looked at.`}
        action={
          <>
            <LinkButton size="small" tone="danger" href="/freeze">
              Freeze
            </LinkButton>
            <LinkButton size="small" href="/vaults/outflows">
              Look at it
            </LinkButton>
          </>
        }
      >
        The chain shows it since <Time instant={newest.notedAt} />. If nobody can explain it at
        once, freeze first and ask afterwards.
      </Notice>
    </div>
  );
}
