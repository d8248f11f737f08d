import type { AccessLine, AccessView } from '#lib/operations/access/view-access.ts';
import type { GrantState } from '#lib/operations/access/grants.ts';
import { OperatorsTabs } from '../identity/operators-tabs.tsx';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { StatusMark, type StatusShape } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import type { Tone } from '../ui/tone.ts';
import { accessCsv } from './access-csv.ts';
import { KeepButton } from './keep-button.tsx';
import { SaveCsv } from './save-csv.tsx';

const marks: Readonly<Record<GrantState, { shape: StatusShape; tone: Tone; words: string }>> = {
  dormant: { shape: 'triangle', tone: 'caution', words: 'Dormant' },
  expired: { shape: 'square', tone: 'quiet', words: 'Expired' },
  'in-use': { shape: 'dot', tone: 'neutral', words: 'In force' },
};

/** Who may do what, whether they use it, and who said last that it stays. */
export function AccessScreen({ view }: { view: AccessView }) {
  const { lines, reviewed, dormantAfterDays } = view;
  const common = commonRefusal(lines);
  const groups = [
    {
      title: `Not used for ${dormantAfterDays} days`,
      lines: lines.filter(({ state }) => state === 'dormant'),
    },
    {
      title: 'With an end that has passed',
      lines: lines.filter(({ state }) => state === 'expired'),
    },
    { title: 'In force', lines: lines.filter(({ state }) => state === 'in-use') },
  ];
  return (
    <>
      <PageHeader
        title="Access review"
        state={`${reviewed} of ${lines.length} reviewed this quarter. ${countDormant(lines)} ${common ?? ''}`}
        action={lines.length > 0 && <SaveCsv text={accessCsv(view)} fileName="access-review.csv" />}
      />
      <OperatorsTabs current="/operators/access" />
      <LiveRefresh topics={['operators', 'roster']} />
      {lines.length === 0 && (
        <EmptyState title="Nobody is granted anything yet">
          Grants are those of the roster, which comes into being with genesis.
        </EmptyState>
      )}
      <div className="space-y-8">
        {groups
          .filter((group) => group.lines.length > 0)
          .map((group) => (
            <section key={group.title}>
              <SectionHeading>{group.title}</SectionHeading>
              <div className="space-y-3">
                {group.lines.map((line) => (
                  <Person key={line.person} line={line} view={view} common={common} />
                ))}
              </div>
            </section>
          ))}
      </div>
    </>
  );
}

function countDormant(lines: readonly AccessLine[]): string {
  const dormant = lines.filter(({ state }) => state === 'dormant').length;
  if (dormant === 0) return 'Nobody is dormant.';
  return dormant === 1
    ? 'One person has a dormant grant.'
    : `${dormant} people have dormant grants.`;
}

/** What refuses the person who looks every review alike, said once; null when it differs or nothing does. */
function commonRefusal(lines: readonly AccessLine[]): string | null {
  const sentences = new Set(lines.map(({ keep }) => (keep.allowed ? null : keep.sentence)));
  const [sentence = null] = sentences;
  return sentences.size === 1 ? sentence : null;
}

function Person({
  line,
  view,
  common,
}: {
  line: AccessLine;
  view: AccessView;
  common: string | null;
}) {
  const { person, name, grants, lastReview, isReviewed, keep } = line;
  const headingId = `access-${person}`;
  return (
    <article
      aria-labelledby={headingId}
      className="rounded-md border border-line bg-surface px-4 py-3"
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h3 id={headingId} className="font-medium">
            <TextLink look="plain" href={`/operators/${person}`}>
              <bdi>{name}</bdi>
            </TextLink>
          </h3>
          <StatusMark
            shape={isReviewed ? 'dot' : 'ring'}
            tone={isReviewed ? 'good' : lastReview === null ? 'caution' : 'quiet'}
          >
            {isReviewed
              ? 'Reviewed this quarter'
              : lastReview === null
                ? 'Never reviewed'
                : 'To be reviewed'}
          </StatusMark>
          {lastReview && (
            <p className="text-sm text-text-quiet">
              Kept <Time instant={lastReview.at} style="minute" /> by <bdi>{lastReview.by}</bdi>
            </p>
          )}
        </div>
        <div className="screen-only flex flex-wrap items-center gap-2">
          {keep.allowed ? (
            <KeepButton operator={person} name={name} rosterVersion={view.rosterVersion} />
          ) : (
            common === null && <span className="text-sm text-text-quiet">{keep.sentence}</span>
          )}
          {view.canRemove && (
            <LinkButton
              size="small"
              href={`/operators/roster/change?what=remove&person=${person}`}
              aria-label={`Remove ${name}`}
            >
              Remove
            </LinkButton>
          )}
        </div>
      </div>
      <ul className="mt-2 divide-y divide-line border-t border-line text-sm">
        {grants.map((grant) => (
          <GrantRow key={`${grant.what} ${grant.name}`} grant={grant} />
        ))}
      </ul>
    </article>
  );
}

function GrantRow({ grant }: { grant: AccessLine['grants'][number] }) {
  const { name, means, since, notAfter, lastUse, isMeasured, state } = grant;
  const { shape, tone, words } = marks[state];
  return (
    <li className="grid gap-x-6 gap-y-0.5 py-2 full:grid-cols-[minmax(0,1fr)_26rem]">
      <div>
        <span className="font-medium">{name}</span>{' '}
        {isMeasured && (
          <StatusMark shape={shape} tone={tone}>
            {words}
          </StatusMark>
        )}
        <p className="text-text-quiet">{means}</p>
      </div>
      <p className="text-text-quiet">
        Since{' '}
        {since === null ? 'before what is on record' : <Time instant={since} style="minute" />}
        {notAfter === null ? ', without an end. ' : ', until '}
        {notAfter !== null && <Time instant={notAfter} style="minute" />}
        {notAfter !== null && '. '}
        {isMeasured ? (
          <>Last use: {lastUse === null ? 'never' : <Time instant={lastUse} style="minute" />}.</>
        ) : (
          'Its use leaves no trace here.'
        )}
      </p>
    </li>
  );
}
