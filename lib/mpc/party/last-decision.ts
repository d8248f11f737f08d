/** What the party decided last, as far back as its newest entries go. */
import type { PartyStatus } from '../wire/rpc.ts';
import { latestAudit, type AuditEvent } from './store/audit.ts';
import type { Database } from './store/database.ts';

/** Entries looked through at each question: what others can cause must not make it slow. */
const ENTRIES = 200;

/** That it takes part, that it does not, and that it took over what people stated. */
const deciding: readonly AuditEvent[] = [
  'decided',
  'confirmed',
  'released',
  'signed',
  'adopted',
  'stopped',
  'refused',
];

/** @returns null where no decision about an operation is among the newest entries. */
export function lastDecision(database: Database): PartyStatus['lastDecision'] {
  for (const { event, operation, refusal, at } of latestAudit(database, ENTRIES))
    if (operation !== null && deciding.includes(event)) return { at, event, operation, refusal };
  return null;
}
