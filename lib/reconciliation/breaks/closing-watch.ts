/** The worker's look at what people closed: both signatures of each closing of a break are verified, once. */
import type { Context } from '#lib/platform/context.ts';
import { ProofWatch, type Proving } from '../proof/proof-watch.ts';
import { verifyClosing, withBreak, type AcceptedClosing } from './closings.ts';
import { closingFaults, type ClosingFault } from './find-closing-fault.ts';

const accepted: Proving<AcceptedClosing, ClosingFault> = {
  unchecked: (db, { resting, take }) =>
    db.breakEvent.findMany({
      where: { what: 'accepted', check: { is: null }, id: { notIn: resting.map(BigInt) } },
      orderBy: { id: 'asc' },
      take,
      include: withBreak,
    }),
  idOf: ({ id }) => id.toString(),
  findFault: (row, by) => verifyClosing(row, by),
  subjectOf: ({ record }) => record.number,
  logged: 'the closing of a break is not proved',
  incident: {
    what: 'break-closing-unproved',
    title: ({ record }, fault) =>
      `${record.number}: its closing is not proved: ${closingFaults[fault]}`,
  },
  keep: (tx, { id }, check) =>
    tx.breakClosingCheck.create({ data: { eventId: id, ...check }, select: { eventId: true } }),
  audit: {
    kind: 'break-closing-verified',
    facts: ({ id, record }) => ({ event: id.toString(), content: record.content }),
  },
  told: ({ breakId }) => ({ topic: 'reconciliation', id: breakId }),
};

/** A closing that is not proved opens an incident; the next run of its place opens the break. */
export class ClosingWatch extends ProofWatch<AcceptedClosing, ClosingFault> {
  constructor(needs: Pick<Context, 'db' | 'clock'>) {
    super(needs, accepted);
  }
}
