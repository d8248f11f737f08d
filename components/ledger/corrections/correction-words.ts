/** Words of corrections, as people read them. Pure. */
import type { CorrectionStanding } from '#lib/reconciliation/corrections/correction-row.ts';
import type { StatusMarkProps } from '../../ui/status-mark.tsx';

type Standing = Pick<StatusMarkProps, 'shape' | 'tone'> & { words: string; says: string };

const standings: Readonly<Record<CorrectionStanding, Standing>> = {
  waiting: {
    shape: 'ring',
    tone: 'caution',
    words: 'Waits for a second person',
    says: 'Nothing has been posted yet. A second person reads it and approves or declines it.',
  },
  approved: {
    shape: 'dot',
    tone: 'good',
    words: 'Approved',
    says: 'Two people signed it, and its journal is posted.',
  },
  declined: {
    shape: 'square',
    tone: 'neutral',
    words: 'Declined',
    says: 'A second person declined it. Nothing was posted.',
  },
  withdrawn: {
    shape: 'square',
    tone: 'neutral',
    words: 'Withdrawn',
    says: 'Who raised it took it back. Nothing was posted.',
  },
  expired: {
    shape: 'square',
    tone: 'neutral',
    words: 'Expired',
    says: 'Nobody approved it in time. Nothing was posted.',
  },
};

export const standingWords = (standing: CorrectionStanding): Standing => standings[standing];

const happenings: Readonly<Record<string, string>> = {
  raised: 'raised it',
  approved: 'approved it: posted',
  declined: 'declined it',
  withdrawn: 'withdrew it',
};

export const correctionStep = ({ what, by }: { what: string; by: string }): string =>
  `${by} ${happenings[what] ?? what}`;

export const correctionPath = (id: string): string => `/ledger/corrections/${id}`;

/** Where a correction is raised from something. */
export const newCorrectionPath = (
  from:
    | { journal: string }
    | { break: string }
    | { account: string; entry?: string; to?: 'missing' | 'own' },
): string => `/ledger/corrections/new?${new URLSearchParams(from).toString()}`;
