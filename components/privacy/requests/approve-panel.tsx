import { decisions, rights } from '#lib/privacy/requests/life.ts';
import type { RequestView } from '#lib/privacy/requests/view-request.ts';
import { CopiedHash } from '../../ui/copied-hash.tsx';
import { DescriptionList } from '../../ui/description-list.tsx';
import { Code } from '../../ui/grouped.tsx';
import { Time } from '../../ui/time.tsx';
import { ApproveButton } from './approve-button.tsx';
import { keptApart } from './next-act.ts';
import { RequestAct, seenOf } from './request-act.tsx';
import { keptBeside, labelsOf } from './purpose-words.ts';
import { groundWords } from './request-words.ts';

/** What the second person decides on: the statement in words, then the key. */
export function ApprovePanel({ view }: { view: RequestView }) {
  const { standing, you, number, events } = view;
  const { proposal, person } = standing;
  if (standing.state !== 'proposed' || proposal === null) return null;
  const proposed = events.find(({ seq }) => seq === proposal.seq);
  const why = keptApart(view, 'approved');
  const maySendBack = you.approve && (!you.isDpo || proposal.by === you.id);
  return (
    <section
      aria-label="Approval"
      className="mb-8 rounded-md border border-line-strong bg-surface p-5"
    >
      <p className="mb-3 text-md">
        {decisions[proposal.decision]}: {rights[standing.right].name.toLowerCase()}, {number}.
      </p>
      <DescriptionList
        look="compact"
        items={[
          {
            term: 'About',
            detail: person === null ? 'Nobody identified' : <Code>{person.id}</Code>,
          },
          ...(proposal.grounds.length === 0
            ? []
            : [{ term: 'Grounds', detail: proposal.grounds.map(groundWords).join('; ') }]),
          ...(proposal.stops === undefined
            ? []
            : [
                { term: 'Stops', detail: labelsOf(view.purposes, proposal.stops) },
                {
                  term: 'Kept',
                  detail: labelsOf(view.purposes, keptBeside(view.purposes, proposal.stops)),
                },
              ]),
          ...(proposal.earlier.length === 0
            ? []
            : [{ term: 'Earlier requests', detail: proposal.earlier.join(', ') }]),
          {
            term: 'Proposed by',
            detail: proposed && (
              <>
                <bdi>{proposed.by}</bdi>, <Time instant={proposed.at} style="minute" />, with a key
              </>
            ),
          },
          { term: 'Reasons', detail: 'Sealed. Open the texts below to read them first.' },
          ...digests(proposal),
        ]}
      />
      <div className="mt-4 flex flex-wrap items-start gap-3">
        {you.approve && why === null && <ApproveButton about={seenOf(view)} />}
        {maySendBack && <RequestAct kind="returned" view={view} />}
      </div>
      {why !== null && you.approve && <p className="mt-3 text-sm text-text-quiet">{why}</p>}
      {!you.approve && (
        <p className="mt-3 text-sm text-text-quiet">
          It waits for another manager or an officer than who proposed it.
        </p>
      )}
    </section>
  );
}

/** What the statement names by its digest. */
const digests = ({
  events,
  package: made,
  plan,
}: NonNullable<RequestView['standing']['proposal']>) =>
  [
    { term: 'Package', value: made },
    { term: 'Plan', value: plan },
    { term: 'All on record', value: events },
  ].flatMap(({ term, value }) =>
    value === null
      ? []
      : [{ term, detail: <CopiedHash value={value} what={`the digest: ${term.toLowerCase()}`} /> }],
  );
