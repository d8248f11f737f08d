/** Faults that tests and drills can order; forgotten at a restart. */

export type FaultPlan = {
  /** Accept this many transactions, and lose them. */
  drop: number;
  /** Take this many transactions, and break the connection instead of answering. */
  hangUp: number;
};

export type Fault = 'none' | 'drop' | 'hang-up';

export const noFaults = (): FaultPlan => ({ drop: 0, hangUp: 0 });

/** Takes the fault that befalls the next transaction out of the plan. */
export function takeFault(plan: FaultPlan): Fault {
  if (plan.drop > 0) {
    plan.drop -= 1;
    return 'drop';
  }
  if (plan.hangUp > 0) {
    plan.hangUp -= 1;
    return 'hang-up';
  }
  return 'none';
}
