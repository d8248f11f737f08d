export { keysRefusal } from '#lib/persons/keys-refusal.ts';
