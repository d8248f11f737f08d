import type { Page } from '@playwright/test';

/**
 * One step of a flow. The tests name it in their report; the tour prints it and takes a picture of
 * `page` at its end.
 */
export type Step = <T>(title: string, page: Page, act: () => Promise<T>) => Promise<T>;
