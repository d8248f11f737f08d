/**
 * Shapes of the icons in use, taken from Lucide 1.75 (ISC licence, lucide.dev). They stand here as
 * data because the package's own components run in the browser, and an icon need not.
 * Each is a list of path data on a 24 by 24 grid.
 */
export type IconShape = readonly string[];

export const menuIcon: IconShape = ['M4 5h16', 'M4 12h16', 'M4 19h16'];
export const externalLinkIcon: IconShape = [
  'M15 3h6v6',
  'M10 14 21 3',
  'M18 13v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h6',
];
