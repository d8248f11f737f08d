/** Field of the text that says why a record was retired. */
export const retiredBecause = 'retired-because';
