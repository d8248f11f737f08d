import type { CorrectionView } from '#lib/reconciliation/corrections/view-correction.ts';
import { CopiedHash } from '../../ui/copied-hash.tsx';
import { DescriptionList, Footing, type Description } from '../../ui/description-list.tsx';
import { Code } from '../../ui/grouped.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { CorrectionStandingMark } from './correction-standing.tsx';

/** Why it was raised, by whom and until when: what whoever approves it reads first. */
export function CorrectionGround({ record }: { record: CorrectionView }) {
  const { standing, reason, raisedBy, raisedAt, expiresAt } = record;
  const items: Description[] = [
    {
      term: 'Why',
      detail:
        reason === null ? (
          'The text was erased; its commitment stays in what was signed.'
        ) : (
          <bdi className="whitespace-pre-line">{reason}</bdi>
        ),
    },
    {
      term: 'Raised by',
      detail: (
        <>
          <bdi>{raisedBy}</bdi>, <Time instant={raisedAt} />
        </>
      ),
    },
    ...(standing === 'waiting'
      ? [{ term: 'Expires', detail: <Time instant={expiresAt} style="minute" /> }]
      : []),
    ...(record.corrects === null
      ? [{ term: 'Corrects', detail: 'No journal: a new booking' }]
      : []),
    { term: 'Now', detail: <CorrectionStandingMark standing={standing} /> },
    ...(record.break === null
      ? []
      : [
          {
            term: 'Answers',
            detail: (
              <>
                <TextLink href={`/reconciliation/breaks/${record.break.id}`}>
                  Break <Code>{record.break.number}</Code>
                </TextLink>
                <Footing>
                  {standing === 'waiting'
                    ? 'Approving this closes the break in the same moment.'
                    : standing === 'approved'
                      ? 'It was closed by this.'
                      : 'It was not closed by this.'}
                </Footing>
              </>
            ),
          },
        ]),
  ];
  return <DescriptionList items={items} />;
}

/** Its journal, once there is one, and the digest that is signed. */
export function CorrectionFacts({ record: { journal, digest } }: { record: CorrectionView }) {
  const items: Description[] = [
    ...(journal === null ? [] : [{ term: 'Posted as', detail: <JournalLink id={journal} /> }]),
    {
      term: 'Digest',
      detail: (
        <>
          <CopiedHash value={digest} what="the digest" />
          <Footing>
            SHA-256 of the correction’s canonical text: lines, journal, break and time. Both keys
            sign it.
          </Footing>
        </>
      ),
    },
  ];
  return <DescriptionList items={items} />;
}

function JournalLink({ id }: { id: string }) {
  return (
    <TextLink href={`/ledger/journals/${id}`}>
      Journal <Code>{id}</Code>
    </TextLink>
  );
}
