/** The resilience records of the sample organisation: register, assets, risks, tests, plans and findings. */
import type { Team } from '../colleagues/team.ts';
import { keepAssets, keepRisks } from './resilience/assets-risks.ts';
import { keepContracts, type Ids } from './resilience/contracts.ts';
import { keepFindings } from './resilience/findings.ts';
import { Keeper } from './resilience/keeper.ts';
import { keepEntity, keepFunctions, keepProviders } from './resilience/register.ts';
import { keepPlans, keepTests } from './resilience/tests-plans.ts';
import type { LoggedContext } from './seed-context.ts';

/** Ids of what other samples name, by the words that samples use. */
export type SampleRecords = { functions: Ids; providers: Ids; contracts: Ids; assets: Ids };

/** Each record is looked for by its name first, so a start that was cut off goes on where it stopped. */
export async function makeResilience(team: Team, context: LoggedContext): Promise<SampleRecords> {
  const before = await context.db.resilienceRecord.count();
  const keeper = await Keeper.of(team, context);
  await keepEntity(keeper);
  const functions = await keepFunctions(keeper);
  const providers = await keepProviders(keeper);
  const contracts = await keepContracts(keeper, providers, functions);
  const assets = await keepAssets(keeper, functions, contracts);
  await keepRisks(keeper, functions);
  const tests = await keepTests(keeper, functions, assets);
  const planTests = await keepPlans(keeper, functions);
  await keepFindings(keeper, functions, new Map([...tests, ...planTests]));
  const made = (await context.db.resilienceRecord.count()) - before;
  if (made > 0) context.log(`${made} records of resilience are kept`);
  return { functions, providers, contracts, assets };
}
