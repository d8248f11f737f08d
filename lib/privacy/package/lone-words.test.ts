import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roleNames } from '#lib/identity/roles.ts';
import { BLACK, blackOut, type OwnValue } from '#lib/persons/texts/black-out.ts';
import { loneWords } from './lone-words.ts';

const named = (value: string): OwnValue => ({ field: 'full-name', value });
const own = [named('Anne Müller')];
/** As a copy is made: whole names first, then the words that say by themselves who is meant. */
const without = (text: string, others: readonly OwnValue[]): string =>
  blackOut(blackOut(text, others, false), loneWords(own, others), true);

const roleWord = fc.constantFrom(...Object.values(roleNames).flatMap((name) => name.split(' ')));
const surname = fc.constantFrom('Petit', 'Hofmann', 'Østergård', 'Li-Novak', 'Guest', 'Weiß');
const cased = (word: fc.Arbitrary<string>) =>
  fc
    .tuple(word, fc.constantFrom('lower', 'upper', 'as it is'))
    .map(([one, how]) =>
      how === 'lower' ? one.toLowerCase() : how === 'upper' ? one.toUpperCase() : one,
    );

describe('of the names of others', () => {
  it('a word of a role stays where it stands alone, however it is written', () => {
    fc.assert(
      fc.property(
        fc.array(roleWord, { minLength: 1, maxLength: 3 }),
        surname,
        cased(roleWord),
        (words, last, alone) => {
          const others = [named([last, ...words].join(' '))];
          const text = `We keep ${alone}; it is safe.`;
          expect(without(text, others)).toBe(text);
        },
      ),
    );
  });

  it('the whole name goes in any order and case, with its common words', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(roleWord, { minLength: 1, maxLength: 3 }),
        cased(surname),
        fc.boolean(),
        (words, last, isLastFirst) => {
          const name = (isLastFirst ? [last, ...words] : [...words, last]).join(' ');
          expect(without(`Call ${name}; now.`, [named(name)])).toBe(`Call ${BLACK}; now.`);
        },
      ),
    );
  });

  it('a surname alone goes, whatever stands beside it in the name', () => {
    fc.assert(
      fc.property(fc.array(roleWord, { maxLength: 3 }), cased(surname), (words, last) => {
        const shown = without(`It was ${last}; nobody else.`, [named([...words, last].join(' '))]);
        expect(shown).not.toContain(last);
      }),
    );
  });

  it('a particle of a name blacks out no other sentence, and what the person shares stays', () => {
    const others = [named('Eva von der Heide'), named('Mia Müller'), named('Max Data Officer')];
    expect(without('Der Brief von der Bank; Frau Heide, Frau Müller: data.', others)).toBe(
      `Der Brief von der Bank; Frau ${BLACK}, Frau Müller: data.`,
    );
  });
});
