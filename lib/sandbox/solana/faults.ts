/** Faults that tests and drills can order; forgotten at a restart. */

export type FaultPlan = {
  /** Accept this many transactions, and lose them. */
  drop: number;
  /** Accept this many transactions, and run them later by so many slots. */
  delay: { count: number; slots: number };
  /** Run this many transactions, and break the connection instead of answering. */
  hangUp: number;
};

export type Fault =
  | { kind: 'none' }
  | { kind: 'drop' }
  | { kind: 'delay'; slots: number }
  | { kind: 'hang-up' };

export const noFaults = (): FaultPlan => ({ drop: 0, delay: { count: 0, slots: 0 }, hangUp: 0 });

/** Takes the fault that befalls the next accepted transaction out of the plan. */
export function takeFault(plan: FaultPlan): Fault {
  if (plan.drop > 0) {
    plan.drop -= 1;
    return { kind: 'drop' };
  }
  if (plan.delay.count > 0) {
    plan.delay.count -= 1;
    return { kind: 'delay', slots: plan.delay.slots };
  }
  if (plan.hangUp > 0) {
    plan.hangUp -= 1;
    return { kind: 'hang-up' };
  }
  return { kind: 'none' };
}
