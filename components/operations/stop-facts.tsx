import type { OperationView } from '#lib/operations/view-operation.ts';
import { Footing, type Description } from '../ui/description-list.tsx';
import { Code } from '../ui/grouped.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';

/** What a freeze, a release or a revocation is about, why, and which incident it opened. */
export function stopFacts(view: OperationView): Description[] {
  const { freeze, incidents, reason } = view;
  return [
    ...(freeze ? [{ term: 'Freeze', detail: <FreezeFact view={view} freeze={freeze} /> }] : []),
    { term: 'Why', detail: reason === null ? 'The reason was erased.' : <bdi>{reason}</bdi> },
    ...(incidents.length === 0
      ? []
      : [
          {
            term: 'Incident',
            detail: (
              <>
                <Code>{incidents.join(', ')}</Code>
                <Footing>
                  <TextLink href="/freeze">All incident records</TextLink>
                </Footing>
              </>
            ),
          },
        ]),
  ];
}

function FreezeFact({
  view: { intent },
  freeze,
}: {
  view: OperationView;
  freeze: NonNullable<OperationView['freeze']>;
}) {
  const { operation, number, scope, frozenAt, frozenBy, releasedAt } = freeze;
  return (
    <>
      {intent.kind === 'release' ? (
        <TextLink href={`/operations/${operation}`}>
          <Code>{number}</Code>
        </TextLink>
      ) : (
        <Code>{number}</Code>
      )}
      : {scope}, since <Time instant={frozenAt} />, by <bdi>{frozenBy}</bdi>.{' '}
      {releasedAt === null ? (
        <TextLink href="/freeze">It stands.</TextLink>
      ) : (
        <>
          Released on <Time instant={releasedAt} />.
        </>
      )}
      {intent.kind === 'release' && (
        <Footing>
          You sign its id <span className="figures-mono break-all">{intent.freeze}</span>. Number,
          scope and name are from the console; each party knows by itself what that freeze stops.
        </Footing>
      )}
    </>
  );
}
