import type { PolicyView } from '#lib/operations/policy/view-policy.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { Code, Digest } from '../ui/grouped.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { RecordColumns } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { Evidence } from '../ui/timeline.tsx';
import { NewDraft } from './new-draft.tsx';
import { PolicyFacts } from './policy-facts.tsx';
import { Drafts, OlderVersions, WaitingChanges } from './policy-lists.tsx';
import { RulesList } from './rules-list.tsx';
import { TryInForce } from './try/try-in-force.tsx';

/** The policy in force at the left; what may change it at the right. */
export function PolicyScreen({ view, serverNow }: { view: PolicyView; serverNow: string }) {
  const { version, policy, since, operation } = view;
  return (
    <>
      <LiveRefresh topics={['policy', 'operations']} />
      <RecordColumns
        facts={
          <>
            <PageHeader
              title="Policy"
              state={
                <>
                  Version {version} in force since <Time instant={since} style="minute" />,{' '}
                  {operation ? (
                    <>
                      by{' '}
                      <TextLink href={`/operations/${operation.id}`}>
                        <Code>{operation.number}</Code>
                      </TextLink>
                    </>
                  ) : (
                    'by genesis'
                  )}
                  . Each party keeps it for itself and asks it before it moves.
                </>
              }
              action={view.canDraft && <NewDraft />}
            />
            <section>
              <SectionHeading>Rules, in the order in which they are asked</SectionHeading>
              <RulesList rules={policy.rules} />
            </section>
            <section className="mt-8">
              <SectionHeading>Bounds that hold whatever the rules say</SectionHeading>
              <PolicyFacts policy={policy} lastWords={view.lastWords} />
            </section>
            <section className="mt-8">
              <SectionHeading>Digest of version {version}</SectionHeading>
              <Digest value={view.digest} words={view.words} />
              <p className="mt-2 text-sm text-text-quiet">
                Every statement names the version; the parties’ own pages show the same words.
              </p>
            </section>
            <TryInForce offered={view.offered} />
          </>
        }
        aside={
          <>
            <WaitingChanges changes={view.waiting} serverNow={serverNow} />
            <Drafts drafts={view.drafts} inForce={version} />
            <OlderVersions versions={view.older} left={view.olderLeft} />
            <WhoMayChange />
          </>
        }
      />
    </>
  );
}

function WhoMayChange() {
  return (
    <section>
      <SectionHeading>How it changes</SectionHeading>
      <p className="text-text-quiet">
        What only tightens takes effect at once, by one person. What loosens needs the people whom
        the rules ask for, and then waits out the time-lock.
      </p>
      <Evidence label="What counts as tightening">
        Rules stay in their places and ask for no less, new rules only refuse, no bound rises and no
        wait gets shorter. What can’t be told for sure counts as loosening. How policy, roster and
        freezes are put right again is never changed by one person alone.
      </Evidence>
    </section>
  );
}
