import { decisionWords } from '#lib/resilience/board/decision-words.ts';
import { packSections } from '#lib/resilience/board/pack-sections.ts';
import { quarterWords } from '#lib/resilience/board/quarter.ts';
import type { PackView } from '#lib/resilience/board/view-pack.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { Code, Hash } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { PackSectionPart } from './pack-section.tsx';
import { PackStandingMark } from './pack-standing.tsx';
import { SignPack } from './sign-pack.tsx';

/** A pack as it was made, and who signed it. */
export function PackScreen({ view }: { view: PackView }) {
  const { id, number, pack, digest, isWhole, can, isYours, by, madeAt } = view;
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Board', href: '/resilience/board' }, { label: number }]}
        title={`Board pack ${number}`}
        state={packState(view)}
        action={
          <>
            <LinkButton href={`/api/resilience/board/${id}`} download>
              Save as PDF
            </LinkButton>
            {can.sign && <SignPack id={id} number={number} digest={digest} isYours={isYours} />}
          </>
        }
      />
      <LiveRefresh topics={['resilience']} />
      <div className="space-y-10">
        {!isWhole && (
          <Notice tone="danger" title="This pack is not what was kept.">
            Its text no longer has its digest. Don’t sign it. Compare the database with its backup.
          </Notice>
        )}
        <DescriptionList
          items={[
            {
              term: 'Quarter',
              detail: `${quarterWords(pack.quarter)}, ${pack.from} to ${pack.until}`,
            },
            { term: 'State', detail: <PackStandingMark standing={view.standing} /> },
            {
              term: 'Made',
              detail: (
                <>
                  by <bdi>{by}</bdi> on <Time instant={madeAt} style="minute" />
                </>
              ),
            },
            { term: 'Digest', detail: <Hash value={digest} /> },
          ]}
        />
        <Signatures view={view} />
        <p className="prose-line text-text-quiet">
          The figures are those of <Time instant={pack.asOf} style="minute" />. The lists behind
          them show what stands today.
        </p>
        {packSections(pack).map((section) => (
          <PackSectionPart key={section.id} section={section} />
        ))}
      </div>
    </>
  );
}

function Signatures({ view: { signatures } }: { view: PackView }) {
  return (
    <section>
      <SectionHeading>Signatures</SectionHeading>
      {signatures.length === 0 ? (
        <p className="text-text-quiet">Nobody has signed it yet.</p>
      ) : (
        <Panel label="Signatures">
          {signatures.map((one) => (
            <PanelRow
              key={one.person}
              title={
                <>
                  <bdi>{one.name}</bdi>: {decisionWords[one.decision]}
                  {one.isMaker && ' (made the pack)'}
                </>
              }
              aside={<Time instant={one.signedAt} />}
            >
              {one.conditions !== null && (
                <p className="whitespace-pre-wrap text-text">
                  <bdi>{one.conditions}</bdi>
                </p>
              )}
              <p>
                Key <bdi>{one.keyLabel}</bdi> <Code>{one.credentialId.slice(0, 16)}</Code>
              </p>
            </PanelRow>
          ))}
        </Panel>
      )}
    </section>
  );
}

function packState({ standing, isYours, can }: PackView): string {
  if (standing === 'approved') return 'Approved by a member who did not make it.';
  const who = isYours ? 'another member than you' : 'a member who did not make it';
  return can.sign && !isYours
    ? 'Waits for the board. You may sign it.'
    : `Waits for the approval of ${who}.`;
}
