import { describeAgreement, type Agreement } from '#lib/operations/parties-agreement.ts';
import type { PartiesView } from '#lib/operations/view-parties.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { LiveStatus } from '../live/live-status.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Time } from '../ui/time.tsx';
import { HeadsTable } from './heads-table.tsx';
import { PartyCard } from './party-card.tsx';

/** A worker asks every few seconds; a report that is older says that it does not. */
const OLD_MS = 30_000;

/** What every party says about itself, and whether they hold the same. */
export function PartiesScreen({ view, serverNow }: { view: PartiesView; serverNow: string }) {
  const online = view.parties.filter(({ isCold }) => !isCold);
  const cold = view.parties.filter(({ isCold }) => isCold);
  const agreement = describeAgreement(view.parties);
  const newest =
    online
      .map(({ reportedAt }) => reportedAt ?? '')
      .toSorted()
      .at(-1) ?? '';
  const isOld = newest !== '' && Date.parse(serverNow) - Date.parse(newest) > OLD_MS;
  return (
    <>
      <PageHeader
        title="Parties"
        state={
          <>
            {agreement.sentence} What stands here is what each says about itself; its own page says
            it without this console.
          </>
        }
      />
      <LiveRefresh topics={['parties']} />
      {view.parties.length === 0 ? (
        <EmptyState
          title="No party is known"
          action={<LinkButton href="/genesis">Go to the genesis</LinkButton>}
        >
          Parties are named in the first roster of an organisation, when it is founded.
        </EmptyState>
      ) : (
        <>
          <div className="mb-6 space-y-3 empty:hidden">
            {isOld && (
              <Notice tone="caution" title="This is old.">
                Nobody has asked the parties since <Time instant={newest} />. Look whether the
                worker runs.
              </Notice>
            )}
            <AgreementNotice agreement={agreement} />
          </div>
          <section>
            <SectionHeading
              action={
                <span className="text-sm">
                  <LiveStatus />
                </span>
              }
            >
              What they must hold alike
            </SectionHeading>
            <HeadsTable parties={online} />
          </section>
          <section className="mt-8">
            <SectionHeading>Each by itself</SectionHeading>
            <div className="grid items-start gap-4 wide:grid-cols-2">
              {[...online, ...cold].map((party) => (
                <PartyCard key={party.name} party={party} view={view} serverNow={serverNow} />
              ))}
            </div>
          </section>
        </>
      )}
    </>
  );
}

function AgreementNotice({ agreement: { state } }: { agreement: Agreement }) {
  if (state === 'agree') return null;
  if (state === 'differ')
    return (
      <Notice tone="danger" title="The parties do not hold the same.">
        A difference of a few seconds is one that hears of something later; one that stays means
        that somebody told them different things.
      </Notice>
    );
  return (
    <Notice tone={state === 'none-answers' ? 'danger' : 'caution'} title="Not every party answers.">
      Two that agree are enough to sign; a key ceremony needs all. Whoever runs a party that is away
      looks whether its process and its network are up.
    </Notice>
  );
}
