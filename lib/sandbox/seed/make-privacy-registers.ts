/** The registers of data protection of the sample organisation, beside its register of third parties. */
import type { Team } from '../colleagues/team.ts';
import { keepActivities, keepParties } from './privacy/activities.ts';
import { keepAssessments, keepConsent, keepNotices } from './privacy/assessments.ts';
import { keepThirdParties } from './privacy/third-parties.ts';
import { keepProcessors, keepTransfers } from './privacy/transfers-processors.ts';
import { idIn } from './resilience/contracts.ts';
import { Keeper } from './resilience/keeper.ts';
import type { SampleRecords } from './make-resilience.ts';
import type { LoggedContext } from './seed-context.ts';

/** Each record is looked for by its name first, so a start that was cut off goes on where it stopped. */
export async function makePrivacyRegisters(
  team: Team,
  { functions, providers, contracts, assets }: SampleRecords,
  context: LoggedContext,
): Promise<void> {
  const before = await context.db.resilienceRecord.count();
  const keeper = await Keeper.of(team, context);
  const abroad = await keepThirdParties(keeper, idIn(functions, 'F6'));
  const parties = await keepParties(keeper);
  const transfers = await keepTransfers(keeper, abroad);
  const processors = await keepProcessors(keeper, { providers, contracts, abroad });
  const activities = await keepActivities(keeper, {
    parties,
    transfers,
    processors,
    systems: assets,
  });
  const officer = (await team.members()).find(
    ({ roles, status }) => roles.includes('dpo') && status === 'active',
  );
  await keepAssessments(keeper, activities, officer?.handle ?? null);
  const notices = await keepNotices(keeper, activities);
  await keepConsent(keeper, activities, notices);
  const made = (await context.db.resilienceRecord.count()) - before;
  if (made > 0) context.log(`${made} records of data protection are kept`);
}
