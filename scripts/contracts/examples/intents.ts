import type { Intent } from '#lib/protocol/intent.ts';
import {
  destinationListing,
  keyCeremony,
  rosterChange,
  withdrawal,
} from '#lib/protocol/testing/sample.ts';
import type { Examples } from './example.ts';

const travelling: Intent = {
  ...withdrawal,
  operation: '6f0a2f7e-90c4-4b8e-8d0a-51f1c9e3d7aa',
  amount: '1',
  memo: null,
  travelRule: 'ef'.repeat(32),
};

export const intents: Examples<Intent> = {
  '1-withdrawal': withdrawal,
  '2-withdrawal-with-travel-rule': travelling,
  '3-key-ceremony': keyCeremony,
  '4-roster-change': rosterChange,
  '5-destination-listing': destinationListing,
};
