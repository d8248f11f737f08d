import { declineClosingAction, proposeClosingAction } from '#lib/reconciliation/actions.ts';

type Target = { id: string; revision: number };

/** @param journal number as typed; null to explain the difference. */
export const proposeWith = (target: Target, text: string, journal: string | null) =>
  proposeClosingAction({ ...target, text, journal });

export const declineWith = (target: Target, text: string) =>
  declineClosingAction({ ...target, text });
