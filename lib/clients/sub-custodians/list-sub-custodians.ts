/** The register of other custodians: those in use with their clocks, and those that ended, a page at a time. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { ClockReading } from '../clock.ts';
import type { Case } from '../register/cases.ts';
import { listRegister } from '../register/list-register.ts';
import { shownTextOf } from '../register/shown-text.ts';
import { stepLines, type StepLine } from '../register/step-lines.ts';
import {
  subCustodianClocks,
  subCustodianFacts,
  subCustodianState,
  type SubCustodianFacts,
  type SubCustodianState,
} from './sub-custodian.ts';

export type SubCustodianView = SubCustodianFacts & {
  id: string;
  number: string;
  name: string | null;
  authorisation: string | null;
  state: SubCustodianState;
  informed: ClockReading;
  checked: ClockReading;
  reviewed: ClockReading;
  steps: StepLine[];
};

export type SubCustodiansView = {
  open: SubCustodianView[];
  ended: SubCustodianView[];
  next: string | null;
  canWrite: boolean;
};

/** @param input.before where the page before ended. */
export async function listSubCustodians(
  actor: Actor,
  input: { before: string | null },
  context: Context,
): Promise<Result<SubCustodiansView>> {
  const refused = lacksScope(actor, 'client:read');
  if (refused) return refused;
  const now = context.clock();
  const nameOf = await operatorNames(context.db);
  const { open, ended, next } = await inSnapshot(context.db, (tx) =>
    listRegister(tx, 'sub-custodian', input.before),
  );
  const view = (found: Case): SubCustodianView => {
    const facts = subCustodianFacts.parse(found.facts);
    return {
      ...facts,
      id: found.id,
      number: found.number,
      name: shownTextOf(found, 'name'),
      authorisation: shownTextOf(found, 'authorisation'),
      state: subCustodianState(found.steps),
      ...subCustodianClocks(facts, found.steps, now),
      steps: stepLines(found, nameOf),
    };
  };
  return ok({
    open: open.map(view),
    ended: ended.map(view),
    next,
    canWrite: actor.scopes.has('client:write'),
  });
}
