/** What an empty sandbox begins with: coins for network fees, and links for its founders. */
import { fewestFounders } from '#lib/operations/genesis/founder-needs.ts';
import { inviteFounders, type FounderSeat } from '#lib/operations/genesis/invite-founders.ts';
import { viewFounders } from '#lib/operations/genesis/view-founders.ts';
import { readEnrolment } from '#lib/identity/read-enrolment.ts';
import { openSeedContext, type SeedContext } from './seed/seed-context.ts';
import { fundFeePayer } from './seed/outside-world.ts';
import { readLinks, saveLinks, type WelcomeLink } from './seed/welcome-file.ts';

/** @param options.welcomeFile gets the links that still work, for the supervisor to print. */
export async function readyFounders(options: {
  welcomeFile: string;
  log: (line: string) => void;
}): Promise<void> {
  const context = openSeedContext(options.log);
  try {
    await fundFeePayer(context);
    await saveLinks(options.welcomeFile, await linksNow(options.welcomeFile, context));
  } finally {
    await context.db.$disconnect();
  }
}

async function linksNow(path: string, context: SeedContext): Promise<WelcomeLink[]> {
  const founders = await viewFounders(context);
  if (!founders.ok) return [];
  if (founders.value.length > 0) return openLinks(await readLinks(path), context);
  const invited = await inviteFounders(fewestFounders, context);
  if (!invited.ok) throw new Error(invited.refusal.sentence);
  context.log('founders invited');
  return invited.value.flatMap(toLink);
}

/** Those that were neither used nor replaced since they were made. */
async function openLinks(
  links: readonly WelcomeLink[],
  context: SeedContext,
): Promise<WelcomeLink[]> {
  const open: WelcomeLink[] = [];
  for (const link of links)
    if ((await readEnrolment(new URL(link.url).hash.slice(1), context)).ok) open.push(link);
  return open;
}

const toLink = (seat: FounderSeat): WelcomeLink[] =>
  seat.outcome === 'enrolled'
    ? []
    : [
        {
          label: `${seat.displayName}, ${seat.roles.join(' and ')}${seat.group === null ? '' : ` of ${seat.group}`}`,
          url: seat.link,
          expiresAt: seat.expiresAt,
        },
      ];
