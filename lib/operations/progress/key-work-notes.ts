/** Follows the parties through a key's rounds and writes down how far they are, for people to watch. */
import { isAbsence } from '#lib/mpc/client/benign.ts';
import type { CeremonyRound } from '#lib/mpc/client/key-ceremony.ts';
import type { RefreshRound } from '#lib/mpc/client/key-refresh.ts';
import type { PairProgress } from '#lib/mpc/client/pair-setup.ts';
import type { PartyAnswer, PartyClient } from '#lib/mpc/client/party-client.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import type { WorkerContext } from '../execution/worker-context.ts';
import {
  afterEvent,
  againAfter,
  keyWorkOn,
  newKeyWork,
  type KeyWork,
  type KeyWorkEvent,
} from './key-work.ts';

type Place = Pick<WorkerContext, 'db' | 'clock'>;

/** Parties whose good answers are noted; everything else goes through as it is. */
const watched = (client: PartyClient, onAnswer: (party: string) => void): PartyClient => ({
  name: client.name,
  origin: client.origin,
  expected: client.expected,
  close: () => client.close(),
  call: async (method, request) => {
    const answer = await client.call(method, request);
    if (answer.ok) onAnswer(client.name);
    return answer;
  },
});

/**
 * Writes the newest state, one write at a time: what changes during a write is in the next one. That it can't be
 * written stops no ceremony.
 */
class Writer {
  readonly #operation: string;
  readonly #place: Place;
  #written: string;
  #wanted: KeyWork | null = null;
  #running: Promise<void> | null = null;

  constructor(operation: string, before: KeyWork | null, place: Place) {
    this.#operation = operation;
    this.#place = place;
    this.#written = JSON.stringify(before);
  }

  write(work: KeyWork): void {
    this.#wanted = work;
    this.#running ??= this.#work().finally(() => {
      this.#running = null;
    });
  }

  async settled(): Promise<void> {
    await this.#running;
  }

  async #work(): Promise<void> {
    for (let work = this.#wanted; work !== null; work = this.#wanted) {
      this.#wanted = null;
      const text = JSON.stringify(work);
      if (text === this.#written) continue;
      this.#written = text;
      await this.#keep(work).catch((error: unknown) =>
        log.warn(
          { err: error, operation: this.#operation },
          'how far a key is can’t be put on record',
        ),
      );
    }
  }

  async #keep(work: KeyWork): Promise<void> {
    const { db, clock } = this.#place;
    const keyWork = asJson(work);
    const at = clock();
    await inTransaction(db, async (tx) => {
      await tx.operationProgress.upsert({
        where: { operationId: this.#operation },
        create: { operationId: this.#operation, keyWork, at },
        update: { keyWork, at },
      });
      await publish(tx, { topic: 'operations', id: this.#operation });
    });
  }
}

export type KeyRoundOptions = {
  onRound: (round: CeremonyRound | RefreshRound) => void;
  onPair: (progress: PairProgress) => void;
  onPairReady: (pair: readonly [string, string]) => void;
};

type Followed = {
  operation: string;
  of: Parameters<typeof newKeyWork>[0];
  clients: readonly PartyClient[];
  /** What was written down before, as the row has it. */
  stored: unknown;
};

/**
 * Runs the rounds and notes how far they are.
 * @param isLive false where documents carry the answers: then the same rounds run again and again, and only where they
 *   end is worth a line.
 * @returns what the run answered.
 */
export async function followKeyWork<T>(
  { operation, of, clients, stored }: Followed,
  run: (clients: readonly PartyClient[], options: KeyRoundOptions) => Promise<PartyAnswer<T>>,
  place: Place,
  { isLive = true }: { isLive?: boolean } = {},
): Promise<PartyAnswer<T>> {
  const before = keyWorkOn(stored, of.attempt);
  const fresh = newKeyWork(of);
  let work = before ? againAfter(before, fresh) : fresh;
  const writer = new Writer(operation, before, place);
  // A repeat every second that gets no further than before changes nothing that people see.
  let isNews = before === null;
  const note = (event: KeyWorkEvent): void => {
    isNews ||= event.is === 'round' && work.round !== null;
    work = afterEvent(work, event);
    if (isNews && isLive) writer.write(work);
  };
  try {
    const answer = await run(
      clients.map((client) => watched(client, (party) => note({ is: 'answer', party }))),
      {
        onRound: (round) => note({ is: 'round', round }),
        onPair: ({ pair, step }) => note({ is: 'pair', of: pair, step }),
        onPairReady: (pair) => note({ is: 'pair', of: pair, step: 'ready' }),
      },
    );
    if (answer.ok) work = afterEvent(work, { is: 'through' });
    else if (isLive || !isAbsence(answer.refusal))
      work = afterEvent(work, { is: 'stopped', party: answer.party, refusal: answer.refusal });
    writer.write(work);
    return answer;
  } finally {
    await writer.settled();
  }
}
