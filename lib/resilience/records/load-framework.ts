/** The figures of the framework as of one state of the database, from all of its records. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { FrameworkRecords } from './framework-records.ts';
import { FrameworkReckoner, type FrameworkFigures } from './reckon-framework.ts';

/** @param today yyyy-mm-dd. */
export async function loadFramework(tx: Tx, today: string): Promise<FrameworkFigures> {
  const records = new FrameworkRecords();
  await records.catchUp(tx);
  return new FrameworkReckoner(records).reckon(today);
}
