/** What a run goes on from. */
import type { Database } from '#lib/platform/db/client.ts';
import { log } from '#lib/platform/log.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { placeKey, type Place } from '../place.ts';
import type { OutsideSource, SourceRefusal } from '../sources/outside-source.ts';
import { firstCarry, readCarry, type Carry } from './carry.ts';

/** Runs looked at; a reorganisation that reaches below so many has the place compared from its beginning. */
const runsMax = 200;

/**
 * The newest run of the place that stopped where the outside still is what it was. A chain that was reorganised below that
 * shows what it has below in another place, or no more, and would not show it again behind the mark: what a later run
 * matched is matched anew then.
 */
export async function findCarry(
  place: Place,
  source: OutsideSource | null,
  db: Database,
): Promise<Result<Carry, SourceRefusal>> {
  const where = { kind: place.kind, asset: place.asset, place: place.place };
  const asked = new Map<string, boolean>();
  let above = null as Date | null;
  for (let looked = 0; looked < runsMax; looked += 1) {
    const run: { at: Date; carry: string } | null = await db.reconciliationRun.findFirst({
      where: { ...where, ...(above === null ? {} : { at: { lt: above } }) },
      orderBy: { at: 'desc' },
      select: { at: true, carry: true },
    });
    if (!run) break;
    const carry = readCarry(run.carry);
    const { mark } = carry;
    if (mark === null || !source?.stands) return ok(carry);
    const known = asked.get(mark);
    const stands = known === undefined ? await source.stands(place, mark) : ok(known);
    if (!stands.ok) return stands;
    if (stands.value) return ok(carry);
    if (looked === 0)
      log.warn({ place: placeKey(place), mark }, 'what the last run saw was reorganised away');
    asked.set(mark, false);
    above = run.at;
  }
  return ok(firstCarry);
}
