/** What the client registers hold: agreements, the policy, and matters at various stages. */
import { acknowledgeComplaint } from '#lib/clients/complaints/move-complaint.ts';
import { recordComplaint } from '#lib/clients/complaints/record-complaint.ts';
import { linkOperation } from '#lib/clients/returns/link-operation.ts';
import { recordReturn } from '#lib/clients/returns/record-return.ts';
import type { Register } from '#lib/clients/register/registers.ts';
import { informOfSubCustodian } from '#lib/clients/sub-custodians/move-sub-custodian.ts';
import { recordSubCustodian } from '#lib/clients/sub-custodians/record-sub-custodian.ts';
import type { Team } from '../colleagues/team.ts';
import { makeAgreements } from './make-agreements.ts';
import { makeSharedMatters } from './make-shared-matters.ts';
import { ago, dayAgo, done } from './sample-times.ts';
import type { SeedContext } from './seed-context.ts';

/** Runs last, when the clients have deposits and withdrawals and the books were closed over them. */
export async function makeClientMatters(team: Team, context: SeedContext): Promise<void> {
  const has = async (register: Register): Promise<boolean> =>
    (await context.db.registerCase.findFirst({ where: { register }, select: { id: true } })) !==
    null;
  await makeAgreements(team, context);
  if (!(await has('complaint'))) await makeComplaint(team, context);
  if (!(await has('return'))) await makeReturn(team, context);
  if (!(await has('sub-custodian'))) await makeSubCustodian(team, context);
  await makeSharedMatters(team, has, context);
}

async function makeComplaint(team: Team, context: SeedContext): Promise<void> {
  const { actor } = await team.signIn('ada');
  const { id } = done(
    await recordComplaint(
      actor,
      {
        client: 'C-18822',
        receivedAt: ago(26, context),
        topic: 'transfer-delay',
        language: 'de',
        channel: 'electronic',
        complainant: 'Erika Beispiel',
        subject: 'Meine Auszahlung wartet seit gestern auf eine zweite Freigabe.',
      },
      context,
    ),
  );
  done(await acknowledgeComplaint(actor, { id, seen: '0', language: 'de' }, context));
  context.log('a complaint came in and was acknowledged');
}

async function makeReturn(team: Team, context: SeedContext): Promise<void> {
  const { actor } = await team.signIn('ada');
  const client = 'C-11903';
  const requestedAt = ago(5, context);
  const { id } = done(
    await recordReturn(
      actor,
      {
        client,
        asset: 'SOL',
        amount: '112.5',
        requestedAt,
        dueOn: '',
        subject: 'Please return 112.5 SOL to our treasury account, the first part at once.',
      },
      context,
    ),
  );
  const first = await context.db.operation.findFirst({
    where: {
      kind: 'withdrawal',
      clientId: client,
      asset: 'SOL',
      state: 'confirmed',
      raisedAt: { gte: new Date(`${requestedAt}Z`) },
    },
    select: { number: true },
  });
  if (first) done(await linkOperation(actor, { id, seen: '0', operation: first.number }, context));
  context.log(`a return to ${client} is under way`);
}

async function makeSubCustodian(team: Team, context: SeedContext): Promise<void> {
  const { actor } = await team.signIn('ada');
  const { id } = done(
    await recordSubCustodian(
      actor,
      {
        name: 'Sample Custody Luxembourg SA',
        authorised: 'custody',
        authorisation: 'ESMA register of CASPs, sample entry LU-0042',
        memberState: 'LU',
        lei: '',
        assets: 'SOL',
        authorisationCheckedOn: dayAgo(20, context),
        dueDiligenceOn: dayAgo(15, context),
        from: dayAgo(2, context),
      },
      context,
    ),
  );
  const note =
    'Told with the statement of position of the quarter; the list stands in file 2026-58.';
  done(await informOfSubCustodian(actor, { id, seen: '0', note }, context));
  context.log('a sub-custodian is on record');
}
