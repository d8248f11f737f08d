import type { PackageView } from '#lib/privacy/package/view-package.ts';
import { countOf } from '../operations/counts.ts';
import { CopiedHash } from '../ui/copied-hash.tsx';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark, type StatusShape } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import type { Tone } from '../ui/tone.ts';
import { DownloadPackage } from './package/download-package.tsx';
import { OrderPackage } from './package/order-package.tsx';
import { PackagePreview } from './package/package-preview.tsx';
import { sizeWords } from './requests/event-sentence.tsx';

type Newest = NonNullable<PackageView['newest']>;

const marks: Readonly<Record<Newest['state'], { shape: StatusShape; tone: Tone }>> = {
  waiting: { shape: 'ring', tone: 'quiet' },
  building: { shape: 'dot', tone: 'quiet' },
  'keys-away': { shape: 'triangle', tone: 'caution' },
  failed: { shape: 'triangle', tone: 'danger' },
  built: { shape: 'dot', tone: 'good' },
  erased: { shape: 'square', tone: 'quiet' },
};

/** The copy that a request for access or portability asks for: how far it is, what it has, and the file once approved. */
export function Package({ view }: { view: PackageView | null }) {
  if (view === null) return null;
  const { requestId, newest, can, right, keptDays } = view;
  if (newest === null && !can.order) return null;
  return (
    <section aria-label="Package" className="space-y-3">
      <SectionHeading
        action={can.order && <OrderPackage id={requestId} again={newest?.state === 'built'} />}
      >
        Package
      </SectionHeading>
      {newest === null ? (
        <Panel>
          <PanelRow title="Not ordered yet.">
            {right === 'access'
              ? 'It has what the systems hold about the person, with the reasons, for reading and for machines. Others are blacked out, which it says.'
              : 'It has what the person provided, where that rests on consent or contract, and the movements, operations and destinations that their use of the service made (Art 20).'}
          </PanelRow>
        </Panel>
      ) : (
        <>
          <Standing newest={newest} />
          {newest.state === 'built' && newest.undecided > 0 && (
            <Notice tone="caution" title={`${countOf(newest.undecided, 'text')} to be read.`}>
              Staff wrote them, and they say something of the person. Look through the package and
              say of each whether it goes in; until then the package can’t be proposed.
            </Notice>
          )}
          {newest.state === 'built' &&
            newest.contents.some(({ ground }) => ground !== undefined) && (
              <Notice title="It leaves something out.">
                The person reads what and why, so it is granted in part, on that ground (
                {right === 'access' ? 'Art 15(4)' : 'Art 20(1)'}).
              </Notice>
            )}
          {can.preview && (
            <PackagePreview key={newest.version} id={requestId} mayChoose={can.order} />
          )}
          {can.download && <DownloadPackage id={requestId} keptDays={keptDays} />}
        </>
      )}
    </section>
  );
}

function Standing({ newest }: { newest: Newest }) {
  const { version, state, stateWords, done, orderedBy, orderedAt, digest, bytes, contents } =
    newest;
  return (
    <Panel>
      <PanelRow
        title={`Version ${version}`}
        aside={<StatusMark {...marks[state]}>{stateWords}</StatusMark>}
      >
        Ordered by <bdi>{orderedBy}</bdi>, <Time instant={orderedAt} style="minute" />
        {bytes !== null && `. ${sizeWords(bytes)}`}
        {state === 'building' && done > 0 && `. ${countOf(done, 'record')} so far`}
      </PanelRow>
      {contents.length > 0 && (
        <PanelRow title="What is in it">
          <ul className="medium:columns-2">
            {contents.map(({ what, records }) => (
              <li key={what} className="flex justify-between gap-4 pe-4">
                <span>{what}</span>
                <span className="text-text tabular-nums">{records.toLocaleString('en')}</span>
              </li>
            ))}
          </ul>
        </PanelRow>
      )}
      {digest !== null && state === 'built' && (
        <PanelRow title="SHA-256, which the decision names">
          <CopiedHash value={digest} what="the digest" />
        </PanelRow>
      )}
    </Panel>
  );
}
