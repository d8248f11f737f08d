/** The worker's look at packages: builds what was ordered, one after the other, and erases what is not needed any more. */
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { Failures } from '#lib/platform/failures.ts';
import { log } from '#lib/platform/log.ts';
import { requestsTopic } from '../requests/append-event.ts';
import { buildPackage, type Ordered } from './build-package.ts';
import { erasePackages } from './erase-packages.ts';
import { attemptsMax, deadAfterMs } from './package-state.ts';

type Needs = Pick<Context, 'db' | 'clock' | 'settings'>;

const retryAfterMs = 10_000;
const eraseEveryMs = 60_000;
/** Orders that are looked at in one go: one that can't be taken keeps the next from nothing. */
const ordersAtOnce = 20;

export class PackageDesk {
  readonly #needs: Needs;
  #building: Promise<void> | null = null;
  #erasedAt = -Infinity;
  /** What the last erasing failed of: it shows as failing until one succeeds. */
  #failure: Error | null = null;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /**
   * Called often. A build goes on beside whatever else the worker does, and whether or not packages can be erased.
   * @throws what erasing or taking an order failed of.
   */
  async look(): Promise<void> {
    const { db, clock } = this.#needs;
    const now = clock();
    if (now.getTime() - this.#erasedAt >= eraseEveryMs) {
      this.#erasedAt = now.getTime();
      this.#failure = await erasePackages(db, now).then(
        () => null,
        (error: unknown) => new Error('Packages could not be erased', { cause: error }),
      );
    }
    const failures = new Failures();
    if (!this.#building) await this.#begin(now, failures);
    failures.raise();
    if (this.#failure) throw this.#failure;
  }

  /** Takes the first order that can be taken. */
  async #begin(now: Date, failures: Failures): Promise<void> {
    const { db } = this.#needs;
    for (const id of await findOrders(db, now)) {
      const next: Claimed[] = [];
      await failures.keep(async () => {
        const claimed = await claim(db, id, now);
        if (claimed) next.push(claimed);
      });
      const [first] = next;
      if (!first) continue;
      this.#building = build(this.#needs, first).finally(() => {
        this.#building = null;
      });
      return;
    }
  }

  /** When nothing is being built any more. */
  async settled(): Promise<void> {
    await this.#building;
  }
}

type Claimed = { order: Ordered; attempt: number };

/**
 * Orders that nobody works on; a newer one of the same request takes the place of an older one. Who was ordered or tried
 * longest ago comes first, so that one that fails each time goes behind those that came meanwhile.
 */
async function findOrders(db: Database, now: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select p.id::text as id from privacy_package p
      left join privacy_package_progress g on g.package_id = p.id
    where not exists (select from privacy_package_built b where b.package_id = p.id)
      and (g.package_id is null or g.attempt < ${attemptsMax} and g.beat_at < case when g.fault is null
        then ${new Date(now.getTime() - deadAfterMs)}::timestamptz
        else ${new Date(now.getTime() - retryAfterMs)}::timestamptz end)
      and exists (select from person o join privacy_request_standing s on s.request_id = p.request_id
        where o.id = p.person_id and o.erased_at is null and s.person_id = o.id and s."right" = p."right")
      and not exists (select from privacy_package l where l.request_id = p.request_id and l.version > p.version)
    order by coalesce(g.beat_at, p.ordered_at), p.id limit ${ordersAtOnce}`;
  return rows.map(({ id }) => id);
}

async function claim(db: Database, id: string, now: Date): Promise<Claimed | null> {
  return inTransaction(db, async (tx) => {
    await lockNamed(tx, `privacy package ${id}`);
    const order = await tx.privacyPackage.findUnique({
      where: { id },
      include: { progress: true, built: true, request: { select: { id: true, number: true } } },
    });
    if (!order || order.built) return null;
    const { progress } = order;
    if (progress && progress.attempt >= attemptsMax) return null;
    const patience = progress?.fault === null ? deadAfterMs : retryAfterMs;
    if (progress && progress.beatAt.getTime() >= now.getTime() - patience) return null;
    const attempt = (progress?.attempt ?? 0) + 1;
    const begun = { attempt, beatAt: now, done: 0, fault: null };
    await tx.privacyPackageProgress.upsert({
      where: { packageId: order.id },
      create: { packageId: order.id, ...begun },
      update: begun,
      select: { attempt: true },
    });
    // What an attempt before left behind belongs to nothing.
    await tx.privacyPackagePart.deleteMany({ where: { packageId: order.id } });
    await publish(tx, { topic: requestsTopic, id: order.requestId });
    return { order, attempt };
  });
}

async function build(needs: Needs, { order, attempt }: Claimed): Promise<void> {
  const { number } = order.request;
  try {
    await buildPackage(needs, order, attempt);
    log.info({ request: number }, 'a package was built');
  } catch (error) {
    const isAway =
      error instanceof DataKeysError &&
      (error.fault === 'unavailable' || error.fault === 'too-many-made');
    // Of what is read here nothing may get into the log, and the words of an error may quote it.
    log.error(
      { request: number, attempt, reason: reasonOf(error), code: sqlStateOf(error) },
      'a package can’t be built',
    );
    await giveUp(needs, order, attempt, isAway ? 'keys-away' : 'failed').catch((later: unknown) =>
      log.error({ err: later, request: number }, 'that a package can’t be built can’t be said'),
    );
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** What was written goes; keys that are away are waited for, and that counts as no attempt. */
async function giveUp(
  { db, clock }: Needs,
  order: Ordered,
  attempt: number,
  fault: 'keys-away' | 'failed',
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.privacyPackagePart.deleteMany({ where: { packageId: order.id, attempt } });
    await tx.privacyPackageProgress.updateMany({
      // One that ends meanwhile goes on to its end.
      where: {
        packageId: order.id,
        OR: [{ fault: null }, { fault: { notIn: ['ending', 'ended'] } }],
      },
      data: {
        fault,
        beatAt: clock(),
        done: 0,
        ...(fault === 'keys-away' && attempt > 1 && { attempt: attempt - 1 }),
      },
    });
    await publish(tx, { topic: requestsTopic, id: order.request.id });
  });
}
