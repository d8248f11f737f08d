/** A rights event that is approved and waits to be handed out, and a loss that was closed. */
import { prepareCaseDecision } from '#lib/clients/decisions/prepare-decision.ts';
import { submitCaseDecision } from '#lib/clients/decisions/submit-decision.ts';
import { proposeLoss } from '#lib/clients/losses/decide-loss.ts';
import { recordLoss } from '#lib/clients/losses/record-loss.ts';
import type { Register } from '#lib/clients/register/registers.ts';
import { computeEntitlements } from '#lib/clients/rights/compute-entitlements.ts';
import { recordRightsEvent } from '#lib/clients/rights/record-event.ts';
import type { Team } from '../colleagues/team.ts';
import { done } from './sample-times.ts';
import type { SeedContext } from './seed-context.ts';

type Has = (register: Register) => Promise<boolean>;

export async function makeSharedMatters(team: Team, has: Has, context: SeedContext): Promise<void> {
  const close = await context.db.ledgerClose.findFirst({ orderBy: { closedAt: 'desc' } });
  if (!close) return;
  // A moment that the books are closed up to, so that nothing has to be waited for.
  const at = close.closedAt.toISOString().slice(0, 19);
  if (!(await has('rights-event'))) await makeEvent(team, at, context);
  if (!(await has('loss'))) await makeLoss(team, at, context);
}

async function makeEvent(team: Team, at: string, context: SeedContext): Promise<void> {
  const { actor } = await team.signIn('ada');
  const { id } = done(
    await recordRightsEvent(
      actor,
      {
        kind: 'airdrop',
        asset: 'SOL',
        at,
        block: '',
        brings: 'SMPL',
        decimals: '6',
        numerator: '3',
        denominator: '7',
        title: 'Airdrop of the sample token',
        source: 'Announcement of the issuer, file 2026-77',
      },
      context,
    ),
  );
  done(await computeEntitlements(actor, { id, seen: '0' }, context));
  await press(team, { id, seen: '1', decision: 'approved' }, context);
  context.log('an airdrop was shared out and approved');
}

async function makeLoss(team: Team, at: string, context: SeedContext): Promise<void> {
  const { actor } = await team.signIn('ada');
  const { id } = done(
    await recordLoss(
      actor,
      {
        client: 'C-20977',
        asset: 'SOL',
        amount: '0.25',
        occurredAt: at,
        incident: '',
        price: '142.355',
        priceAt: at,
        source: 'Mean of three venues, file 2026-81',
        subject: 'The chain undid a transfer that had been final, and 0.25 SOL with it.',
      },
      context,
    ),
  );
  done(
    await proposeLoss(
      actor,
      {
        id,
        seen: '1',
        verdict: 'outside-control',
        liability: '',
        incident: '',
        reasons:
          'An inherent problem of the ledger, which we do not control: its validators went back to a state before the transfer. Neither our service nor its operation took part.',
      },
      context,
    ),
  );
  await press(team, { id, seen: '2', decision: 'accepted' }, context);
  context.log('a loss was decided and closed');
}

/** A second colleague presses their key. */
async function press(
  team: Team,
  input: { id: string; seen: string; decision: 'approved' | 'accepted' },
  context: SeedContext,
): Promise<void> {
  const { actor, entry } = await team.signIn('marek');
  const { nonce, options } = done(await prepareCaseDecision(actor, input, context));
  const { origin } = context.settings;
  const assertion = entry.authenticator.assert({ challenge: options.challenge, origin });
  done(await submitCaseDecision(actor, { nonce, assertion }, context));
}
