'use client';

import { decideCorrectionAction } from '#lib/privacy/rights-actions.ts';
import { Press } from '../live/press.tsx';

/** The second person makes a change so, or turns it down. */
export const DecideCorrection = ({ correction }: { correction: string }) => (
  <>
    <Press
      label="Make it so"
      tone="primary"
      failed="Nothing was changed."
      send={() => decideCorrectionAction({ correction, outcome: 'made' })}
    />
    <Press
      label="Turn it down"
      failed="Not turned down."
      send={() => decideCorrectionAction({ correction, outcome: 'rejected' })}
    />
  </>
);

export const WithdrawCorrection = ({ correction }: { correction: string }) => (
  <Press
    label="Take it back"
    failed="Not taken back."
    send={() => decideCorrectionAction({ correction, outcome: 'withdrawn' })}
  />
);
