/** Where a trip to cold parties stands. Pure. */
export const tripStates = ['wanted', 'out', 'done', 'void', 'refused', 'replaced'] as const;
export type TripState = (typeof tripStates)[number];

/** The worker is at it, or people are on their way. */
export const openTripStates: readonly TripState[] = ['wanted', 'out'];

export const isOpenTrip = (state: TripState): boolean => openTripStates.includes(state);

export const asTripState = (text: string): TripState => {
  const state = tripStates.find((candidate) => candidate === text);
  if (!state) throw new Error(`Unknown state of a trip in the database: ${text}`);
  return state;
};
