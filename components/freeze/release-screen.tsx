import { describeNeed } from '#lib/operations/describe-policy.ts';
import type { FreezeView } from '#lib/operations/view-freezes.ts';
import { inWords } from '#lib/operations/policy-words.ts';
import type { Requirement } from '#lib/protocol/policy.ts';
import { Code } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { scopeInside } from './freeze-words.ts';
import { ReleaseForm } from './release-form.tsx';

/** Raising the release of one freeze, unless it is raised or done already. */
export function ReleaseScreen({
  freeze,
  needs,
}: {
  freeze: FreezeView;
  needs: readonly Requirement[];
}) {
  const { scope, release, releasedAt } = freeze;
  const asks = needs.map((need) => ({
    key: `${need.group} ${need.decision}`,
    text: describeNeed(need),
  }));
  return (
    <>
      <PageHeader
        title={`Release ${scopeInside(scope)}`}
        crumbs={[{ label: 'Freeze', href: '/freeze' }, { label: 'Release' }]}
        state={
          asks.length === 0
            ? 'It stays frozen until everybody whom policy asks for has stated.'
            : `It stays frozen until ${inWords(asks.map(({ text }) => text))} have stated too: more people than a withdrawal needs.`
        }
      />
      {release ? (
        <Notice
          title={releasedAt === null ? 'Its release is raised already.' : 'It is released.'}
          action={<LinkButton href={`/operations/${release.operation}`}>Open it</LinkButton>}
        >
          It is <Code>{release.number}</Code>.
        </Notice>
      ) : (
        <ReleaseForm freeze={freeze} />
      )}
    </>
  );
}
