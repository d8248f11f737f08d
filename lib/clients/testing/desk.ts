/** Books with clients, and three people who keep the registers, for database tests. */
import { randomUUID } from 'node:crypto';
import type { Actor } from '#lib/identity/actor.ts';
import { admit, enrol, signIn, testContext } from '#lib/identity/testing/people.ts';
import { closeBooks as closePosition } from '#lib/ledger/close-books.ts';
import { postJournal, type NewJournal } from '#lib/ledger/post-journal.ts';
import { openBooks, type Books } from '#lib/ledger/testing/books.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Result } from '#lib/platform/result.ts';
import type { SoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { raiseAndApprove } from '#lib/reconciliation/corrections/testing/raise-and-approve.ts';
import type { Decision } from '../decisions/decision-statement.ts';
import { prepareCaseDecision } from '../decisions/prepare-decision.ts';
import { submitCaseDecision } from '../decisions/submit-decision.ts';

export type Signer = { actor: Actor; key: SoftwareAuthenticator };

export type ClientDesk = {
  books: Books;
  /** Its clock is the real one, as that of the books is, and can be moved ahead. */
  context: Context & { passTime(milliseconds: number): void };
  people: readonly [Signer, Signer, Signer];
  auditor: Actor;
};

export async function openClientDesk(clients: readonly string[]): Promise<ClientDesk> {
  const books = await openBooks(clients);
  let ahead = 0;
  const context = {
    ...testContext(books.web),
    clock: () => new Date(Date.now() + ahead),
    passTime: (milliseconds: number) => {
      ahead += milliseconds;
    },
  };
  const person = async (displayName: string, role: 'officer' | 'auditor'): Promise<Signer> => {
    const enrolled = await enrol(context, { displayName, roles: [role], group: null });
    await admit(books.owner, enrolled);
    return { actor: (await signIn(context, enrolled)).actor, key: enrolled.key };
  };
  const people = [
    await person('Ada Hofmann', 'officer'),
    await person('Ben Okafor', 'officer'),
    await person('Cleo Brandt', 'officer'),
  ] as const;
  return { books, context, people, auditor: (await person('Ida Berg', 'auditor')).actor };
}

/** An outflow that nobody explains, on record as an incident of this number. */
export async function openOutflowIncident({ books }: ClientDesk, number: string): Promise<void> {
  await books.owner.incidentRecord.create({
    data: {
      id: randomUUID(),
      number,
      what: 'unexplained-outflow',
      title: 'SOL left vault Warm 1',
      openedAt: new Date(),
      openedBy: 'system',
    },
  });
}

/** An instant as a browser's date and time field writes it, to the second. */
export const fieldOf = (at: Date): string => at.toISOString().slice(0, 19);

/** @throws when journals were being written. */
export async function close({ books }: ClientDesk): Promise<void> {
  if (!(await closePosition(books.worker))) throw new Error('Journals were being written.');
}

let journals = 0;

/** Books a journal as the worker would, of any kind but a correction. @returns its number as people type it. */
export async function book(
  { books }: ClientDesk,
  lines: NewJournal['lines'],
  kind: Exclude<NewJournal['kind'], 'correction'> = 'deposit',
): Promise<string> {
  journals += 1;
  const posted = await postJournal(books.worker, {
    key: `journal-of-a-test-${journals}`,
    kind,
    operation: null,
    usesHold: false,
    lines,
    corrects: null,
    at: new Date(),
  });
  if (!posted.ok) throw new Error(posted.refusal.sentence);
  return posted.value.journal.toString();
}

/**
 * A correction of the books that the first of the three raised and the second approved, by the use cases.
 * @param corrects number of the journal that it corrects; none for a new booking.
 * @returns the number of its journal, as people type it.
 */
export async function correct(
  { people, context }: ClientDesk,
  lines: NewJournal['lines'],
  corrects: string | null = null,
): Promise<string> {
  const wanted = { lines, corrects: corrects === null ? null : BigInt(corrects) };
  const journal = await raiseAndApprove([people[0], people[1]], wanted, context);
  return journal.toString();
}

/** From the button to the record, with the person's key pressed in between. */
export async function decideWithKey(
  { actor, key }: Signer,
  input: { id: string; seen: string; decision: Decision },
  context: Context,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Result<{ seq: number }>> {
  const prepared = await prepareCaseDecision(actor, input, context);
  if (!prepared.ok) return prepared;
  await between();
  const { nonce, options } = prepared.value;
  const assertion = key.assert({ challenge: options.challenge, origin: context.settings.origin });
  return submitCaseDecision(actor, { nonce, assertion }, context);
}
