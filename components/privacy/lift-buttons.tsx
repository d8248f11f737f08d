'use client';

import {
  prepareRestrictionLiftAction,
  returnRestrictionLiftAction,
  submitRestrictionLiftAction,
} from '#lib/privacy/rights-actions.ts';
import { Press } from '../live/press.tsx';
import { pressKey } from '../operations/press-key.ts';

type About = { restriction: string; seen: string };

async function withKey(input: About & { step: string }) {
  const prepared = await prepareRestrictionLiftAction(input);
  if (!prepared.ok) return prepared;
  const press = await pressKey(prepared.value.options);
  if (!press.ok) return { ok: false as const, refusal: { code: 'key', sentence: press.sentence } };
  return submitRestrictionLiftAction({ nonce: prepared.value.nonce, assertion: press.assertion });
}

export const ProposeLift = ({ about }: { about: About }) => (
  <Press
    label="Propose to lift with key"
    failed="Not proposed."
    send={() => withKey({ ...about, step: 'lift-proposed' })}
  />
);

export const Lift = ({ about }: { about: About }) => (
  <div className="flex flex-wrap gap-2">
    <Press
      label="Lift with key"
      tone="primary"
      failed="Not lifted."
      send={() => withKey({ ...about, step: 'lifted' })}
    />
    <Press
      label="Send it back"
      failed="Not sent back."
      send={() => returnRestrictionLiftAction(about)}
    />
  </div>
);
