/** Objections of clients' persons at a request desk, for database tests. */
import { valueOf } from '#lib/identity/testing/people.ts';
import type { Result } from '#lib/platform/result.ts';
import { collectSystem } from '../collect/collect-system.ts';
import { giveOpinion } from '../requests/move-request.ts';
import { reviewRequest } from '../requests/review-request.ts';
import { somebody, tied } from './erasure-desk.ts';
import { granting, press, type RequestDesk } from './request-desk.ts';
import { identified, restricted } from './restriction-desk.ts';

const codeOf = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};

/** Clients of one desk have numbers of their own. */
let clients = 89_100;

export function objectionsAt(desk: RequestDesk) {
  const dora = desk.people.dora.actor;

  /** A person of a client of their own. */
  async function client(): Promise<string> {
    const person = await somebody(desk, { 'full-name': 'Nora Beck', email: 'nora@example.org' });
    clients += 1;
    await tied(desk, person, { client: `C-${clients}` });
    return person;
  }

  /** Reviewed and advised on: two events more. */
  async function advisedAgain(id: string, seen: number): Promise<void> {
    const review = { blockers: [], reasons: 'Nothing stands against it here.' };
    valueOf(await reviewRequest(dora, { id, seen: `${seen}`, ...review }, desk.context));
    const advice = { opinion: 'for', text: 'Our grounds weigh less.' };
    valueOf(await giveOpinion(dora, { id, seen: `${seen + 1}`, ...advice }, desk.context));
  }

  /** Advised on, with what it is to restricted: five events. @param fields none for all. */
  async function objecting(person: string, fields: readonly string[] = []) {
    const { id } = await identified({ ...desk, subject: person }, 'objection');
    const restriction = await restricted(desk, id, { ground: 'objection', fields });
    valueOf(await collectSystem(dora, { id, seen: '2', system: 'vault' }, desk.context));
    await advisedAgain(id, 3);
    return { id, restriction };
  }

  return {
    client,
    advisedAgain,
    objecting,
    /** Proposed by Mia. @returns `done`, or the code of the refusal. */
    decide: (id: string, more: object = {}) =>
      codeOf(press(desk, desk.people.mia, { id, seen: '5', ...granting, ...more })),
    /** Approved by Ada. */
    approve: (id: string, seen = '6') =>
      codeOf(press(desk, desk.people.ada, { id, seen, step: 'approved' })),
    rowsOf: (personId: string) =>
      desk.owner.personObjection.findMany({
        where: { personId },
        orderBy: [{ activityId: 'asc' }, { place: 'asc' }],
      }),
  };
}
