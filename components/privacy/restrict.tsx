import { fieldNames, fieldOf } from '#lib/persons/field-map.ts';
import type { RestrictionGround } from '#lib/persons/uses.ts';
import { isUndecided, requestEnds, type Right } from '#lib/privacy/requests/life.ts';
import type { RequestView } from '#lib/privacy/requests/view-request.ts';
import type { RestrictionsView } from '#lib/privacy/restriction/view-restrictions.ts';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { RestrictDialog } from './restrict-dialog.tsx';
import { RestrictNow } from './restrict-now.tsx';
import { RestrictionRows, StopRows } from './restriction-rows.tsx';
import { StopMarketing } from './stop-marketing.tsx';

/** While this right is looked at, data are restricted (Art 18(1)), and why. */
const suggested: Readonly<
  Partial<Record<Right, { ground: RestrictionGround; says: string; title: string }>>
> = {
  rectification: {
    ground: 'accuracy',
    title: 'The person contests that it is accurate.',
    says: 'Until that is looked at, the data are only stored (Art 18(1)(a)), if the person wants it.',
  },
  objection: {
    ground: 'objection',
    title: 'The person objects.',
    says: 'While it is tested whose grounds weigh more, the data are only stored (Art 18(1)(d)).',
  },
  restriction: {
    ground: 'unlawful',
    title: 'The person asks for it.',
    says: 'Choose the ground and what it covers; it can be set before it is decided on.',
  },
};

const fields = fieldNames
  .filter((name) => fieldOf(name).withheld === undefined)
  .map((name) => ({ name, label: fieldOf(name).label }));

/** What a request restricts and stops, with one press where the law waits for nobody. */
export function Restrict({
  request,
  view,
}: {
  request: Pick<RequestView, 'id' | 'standing' | 'you' | 'serverNow'>;
  view: RestrictionsView;
}) {
  const { id, standing, you, serverNow } = request;
  const { right, state, person } = standing;
  if (right === 'not-automated') return <NotAutomated request={request} />;
  const { restrictions, stops } = view;
  const mayAct = you.work && person !== null && !requestEnds.includes(state);
  const wanted = suggested[right];
  const stands = restrictions.some(({ liftedAt, isUnproved }) => liftedAt === null || isUnproved);
  const isAboutConsent = right === 'withdraw-consent' || right === 'objection';
  // Until it is decided whether the person is right; a granted restriction is set even after that.
  const isAsked = right === 'restriction' ? standing.outcome === null : isUndecided(state);
  const asks = mayAct && !stands && isAsked && wanted !== undefined;
  const stopsNow = mayAct && isAboutConsent && stops.length === 0;
  if (!asks && !stopsNow && restrictions.length === 0 && stops.length === 0) return null;
  return (
    <section className="space-y-3">
      <SectionHeading>Restricted and stopped</SectionHeading>
      {asks && (
        <Notice
          tone="caution"
          title={wanted.title}
          action={
            <>
              {right !== 'restriction' && <RestrictNow id={id} ground={wanted.ground} />}
              <RestrictDialog id={id} ground={wanted.ground} fields={fields} />
            </>
          }
        >
          {wanted.says}
        </Notice>
      )}
      {stopsNow && (
        <Notice
          tone="caution"
          title={
            right === 'objection'
              ? 'Marketing stops always.'
              : 'A consent goes as easily as it came.'
          }
          action={
            <StopMarketing
              about={{ request: id }}
              why={right === 'objection' ? 'objected' : 'withdrawn'}
            />
          }
        >
          {right === 'objection'
            ? 'If the objection is to being told about services, it holds at once and nobody decides on it (Art 21(3)).'
            : 'It holds at once and nobody decides on it (Art 7(3)).'}
        </Notice>
      )}
      {restrictions.length > 0 && (
        <RestrictionRows restrictions={restrictions} serverNow={serverNow} />
      )}
      {stops.length > 0 && <StopRows stops={stops} />}
    </section>
  );
}

/** Article 22: what is true of this product, and the people who looked at this request. */
function NotAutomated({ request: { standing } }: { request: Pick<RequestView, 'standing'> }) {
  const { proposal, approvedBy } = standing;
  return (
    <section>
      <SectionHeading>Decisions by machines</SectionHeading>
      <p className="prose-line">
        No decision about a person is taken here by a machine alone: rules stop or pass an operation
        to people, and who proposed and who approved each one is named with it. This request is
        looked at by people as well: its review, its opinion and its decision by two people stand in
        what happened.
        {proposal === null && ' It waits for that review.'}
        {approvedBy !== null && ' Two people decided on it.'}
      </p>
    </section>
  );
}
