import type { Metadata } from 'next';
import { OperatorsTable, operatorsState } from '#components/identity/operators-table.tsx';
import { OperatorsTabs } from '#components/identity/operators-tabs.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { LiveRefresh } from '#components/live/live-refresh.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RowKeys } from '#components/ui/row-keys.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listOperators } from '#lib/identity/list-operators.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Operators' };

export default async function OperatorsPage() {
  const actor = await requireActor();
  const operators = await listOperators(actor, webContext());
  if (!operators.ok) return <RefusedPage sentence={operators.refusal.sentence} />;
  return (
    <>
      <PageHeader
        title="Operators"
        state={operatorsState(operators.value)}
        action={
          actor.scopes.has('operator:invite') && (
            <LinkButton href="/operators/invite" tone="primary">
              Invite a person
            </LinkButton>
          )
        }
      />
      <OperatorsTabs current="/operators" />
      <OperatorsTable operators={operators.value} />
      <RowKeys />
      <LiveRefresh topics={['operators']} />
    </>
  );
}
