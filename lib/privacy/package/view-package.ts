/** How far the package of a request is, by counts and digest: nothing of what is in it. */
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { RequestState, Right } from '../requests/life.ts';
import { requestEnds } from '../requests/life.ts';
import { lacksReading } from '../requests/may-read.ts';
import { contentsForm } from './build-package.ts';
import { keptDays } from './erase-packages.ts';
import { newestPackage } from './order-package.ts';
import { lacksPreview } from './may-preview.ts';
import {
  isOfRequest,
  isUnderWay,
  packageStates,
  stateOf,
  type PackageState,
} from './package-state.ts';

export type PackageView = {
  requestId: string;
  right: Right;
  /** Null where none was ordered. */
  newest: {
    version: number;
    state: PackageState;
    stateWords: string;
    /** Records written so far. */
    done: number;
    orderedBy: string;
    /** ISO instants. */
    orderedAt: string;
    builtAt: string | null;
    digest: string | null;
    bytes: number | null;
    /** With the ground where it says what is left out. */
    contents: { what: string; records: number; ground?: string | undefined }[];
    undecided: number;
  } | null;
  /** Digest that a proposal names; null where there is no package that can be handed out. */
  toPropose: string | null;
  /** Days for which it stays after the last answer to the person. */
  keptDays: number;
  can: {
    order: boolean;
    preview: boolean;
    /** Two people decided, and it is still there. */
    download: boolean;
  };
};

/** What of a request says whether there is a package and what may be done with it. */
export type Asked = {
  id: string;
  standing: {
    right: Right;
    state: RequestState;
    person: { id: string } | null;
    approvedBy: string | null;
    proposal: { package: string | null; decision: string } | null;
  };
};

/** @returns null where the right asks for no package. */
export async function viewPackage(
  actor: Actor,
  { id, standing }: Asked,
  { db }: Pick<Context, 'db'>,
): Promise<Result<PackageView | null>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const { right, state, person, proposal, approvedBy } = standing;
  if ((right !== 'access' && right !== 'portability') || person === null) return ok(null);
  const last = await newestPackage(db, id);
  const row = last && isOfRequest(last, standing) ? last : null;
  const names = await operatorNames(db);
  const packageState = row && stateOf(row);
  const isBuilt = packageState === 'built';
  const mayWork = actor.scopes.has('privacy:work');
  const mayPreview = lacksPreview(actor) === null;
  const isOpen = state === 'collecting' || state === 'review' || state === 'opinion';
  return ok({
    requestId: id,
    right,
    newest: row &&
      packageState && {
        version: row.version,
        state: packageState,
        stateWords: packageStates[packageState],
        done: row.progress?.done ?? 0,
        orderedBy: names(row.orderedBy),
        orderedAt: row.orderedAt.toISOString(),
        builtAt: row.built?.builtAt.toISOString() ?? null,
        digest: row.built?.digest ?? null,
        bytes: row.built?.bytes ?? null,
        contents: contentsForm.parse(row.built?.contents ?? []),
        undecided: row.built?.undecided ?? 0,
      },
    toPropose: row && proposable(row),
    keptDays,
    can: {
      order: mayWork && isOpen && !(packageState && isUnderWay(packageState)),
      preview: mayPreview && isBuilt && !requestEnds.includes(state),
      download:
        mayWork &&
        isBuilt &&
        approvedBy !== null &&
        proposal?.decision !== 'refuse' &&
        proposal?.package === row?.built?.digest,
    },
  });
}

/** Digest of the package that a proposal has to name; null where there is none that can be handed out. */
export async function packageToPropose(
  db: Pick<Context['db'], 'privacyPackage' | 'privacyRequestStanding'>,
  requestId: string,
): Promise<string | null> {
  const row = await newestPackage(db, requestId);
  const about = await db.privacyRequestStanding.findUnique({
    where: { requestId },
    select: { personId: true, right: true },
  });
  if (!row || row.personId !== about?.personId || row.right !== about.right) return null;
  return proposable(row);
}

/** Whole, and with nothing in it that is still to be looked through. */
const proposable = ({ built }: Pick<NonNullable<Newest>, 'built'>): string | null =>
  built && built.erasedAt === null && built.undecided === 0 ? built.digest : null;
type Newest = Awaited<ReturnType<typeof newestPackage>>;
