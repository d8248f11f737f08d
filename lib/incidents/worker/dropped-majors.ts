/**
 * The worker's look at incidents that were dropped. The desk drops none that is major by its facts, or that the
 * authority knows of; the database can't work out a classification, so whoever writes into it could.
 */
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Context } from '#lib/platform/context.ts';
import { CheckWatch, type Checking } from '#lib/operations/worker/check-watch.ts';
import { loadIncident } from '../desk/load-incident.ts';
import { findKept } from '../desk/kept.ts';

const dropped: Checking = {
  subject: 'drop',
  all: Prisma.sql`select incident_id as id, seq as seen from incident_standing where state = 'dropped'`,
  what: 'major-dropped',
  logged: 'an incident was dropped that has to be seen through',
  findFaults: async (db, id) => {
    const file = await loadIncident(db, id);
    const kept = file && findKept(file);
    if (!kept) return [];
    // Dropped again after somebody reopened it is said again.
    const at = file.events.findLast(({ kind }) => kind === 'dropped')?.seq ?? 0;
    const why =
      kept.refusal.code === 'is-major'
        ? `${file.sort === 'threat' ? 'significant' : 'major'} by what is on record`
        : 'known to the authority';
    return [
      {
        key: `event ${at}: ${kept.refusal.code}`,
        title: `${file.number} was dropped although it is ${why}: reopen it`,
      },
    ];
  },
};

/** One that has to be seen through opens an incident, which says that somebody reopens it. */
export class DroppedMajors extends CheckWatch {
  constructor(needs: Pick<Context, 'db' | 'clock'>) {
    super(needs, dropped);
  }
}
