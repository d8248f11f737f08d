/**
 * Shows the parties what was raised or has changed, so that people can read each party's own view of
 * it before they state anything. Nothing rests on it.
 */
import { isAbsence, isBenign } from '#lib/mpc/client/benign.ts';
import { presentOperation, type PartyClient } from '#lib/mpc/client/party-client.ts';
import { log } from '#lib/platform/log.ts';
import { Looks } from '#lib/platform/looks.ts';
import { bundleOf } from '../load-bundle.ts';
import type { OperationRow } from '../load-standing.ts';
import { standingInclude } from '../standing-of.ts';
import { askInTime } from './ask-in-time.ts';
import type { WorkerContext } from './worker-context.ts';

/** Shown to one party in one look, newest first; what is raised meanwhile waits for no more than these. */
const batchSize = 50;
/** Open operations that one look can find. */
const openMax = 1_000;
/** What is still to be decided or waits. */
const open = ['raised', 'approved', 'cosigned', 'waiting', 'held'];

/**
 * Looks whenever an operation changes, and now and then for parties that were away. Each party has looks of its own,
 * so that one that hangs keeps nothing from the others' pages.
 */
export class PartyViews {
  readonly #parties: Looks[];

  constructor(context: WorkerContext) {
    this.#parties = context.parties.map((party) => {
      const view = new PartyView(party, context);
      return new Looks(() => view.look());
    });
  }

  /** Resolves when every party that answers shows the newest of what was open; the next look takes the rest. */
  async look(): Promise<void> {
    await Promise.all(this.#parties.map((looks) => looks.look()));
  }

  /** Waits for what is being shown. */
  async settled(): Promise<void> {
    await Promise.all(this.#parties.map((looks) => looks.settled()));
  }
}

class PartyView {
  readonly #party: PartyClient;
  readonly #context: WorkerContext;
  /** The revision at which an operation was shown, by its id; forgotten with the process, and shown again. */
  readonly #shown = new Map<string, number>();

  constructor(party: PartyClient, context: WorkerContext) {
    this.#party = party;
    this.#context = context;
  }

  async look(): Promise<void> {
    const found = await this.#context.db.operation.findMany({
      where: { state: { in: open } },
      orderBy: [{ stateChangedAt: 'desc' }, { id: 'asc' }],
      take: openMax,
      select: { id: true, revision: true },
    });
    const ids = new Set(found.map(({ id }) => id));
    for (const id of this.#shown.keys()) if (!ids.has(id)) this.#shown.delete(id);
    const news = found.filter(({ id, revision }) => this.#shown.get(id) !== revision);
    await this.#show(news.slice(0, batchSize).map(({ id }) => id));
  }

  async #show(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const rows = await this.#context.db.operation.findMany({
      where: { id: { in: [...ids] } },
      include: standingInclude,
    });
    for (const row of rows) {
      const answer = await askInTime(presentOperation(this.#party, documentOf(row)));
      // A party that is away, or behind, is shown it when it is back.
      if (!answer.ok && isAbsence(answer.refusal)) return;
      if (!answer.ok && isPassing(answer.refusal)) continue;
      if (!answer.ok)
        log.info(
          { party: this.#party.name, operation: row.id, refusal: answer.refusal },
          'party shows nothing of an operation',
        );
      this.#shown.set(row.id, row.revision);
    }
  }
}

function documentOf(row: OperationRow): Parameters<typeof presentOperation>[1] {
  const built = row.transactions.find(({ phase }) => phase === 'built');
  return {
    bundle: bundleOf(row),
    transaction: built ? { chain: built.chain, message: built.message } : null,
  };
}

/** Said while the party has yet to catch up. */
const isPassing = (refusal: string): boolean =>
  isBenign(refusal) || refusal === 'genesis-missing' || refusal.endsWith('version-unknown');
