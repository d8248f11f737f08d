import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** WCAG 2.2 AA with everything below it. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What depends on colours, and so on the theme. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** Nothing is said of places that pass, which are most. */
const builderOf = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).options({ resultTypes: ['violations'] });

async function run(builder: AxeBuilder): Promise<string[]> {
  // Our pages have no frames, so axe needs no page of its own to bring results together.
  const { violations } = await builder.setLegacyMode().analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${help} at ${target.join(' ')} (${(failureSummary ?? '').replaceAll(/\s+/g, ' ')})`,
    ),
  );
}

/** What breaks the guidelines on a page, one line for each place. */
export const findBarriers = (page: Page): Promise<string[]> => run(builderOf(page).withTags(TAGS));

/** The same for rules that can turn out differently in another theme. */
export const findColourBarriers = (page: Page): Promise<string[]> =>
  run(builderOf(page).withRules(OF_COLOUR));
