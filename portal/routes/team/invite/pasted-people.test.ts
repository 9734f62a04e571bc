import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readPastedPeople } from './pasted-people.ts';

const shown = (text: string) =>
  readPastedPeople(text).people.map(({ name, email }) => (name ? `${name} = ${email}` : email));

describe('pasted people', () => {
  const cases = [
    { text: 'anna@office.example', people: ['anna@office.example'] },
    {
      text: 'a@x.example, b@x.example;c@x.example\td@x.example e@x.example\nf@x.example',
      people: [...'abcdef'].map((name) => `${name}@x.example`),
    },
    { text: 'Anna Novák <Anna@Office.example>', people: ['Anna Novák = anna@office.example'] },
    {
      text: '"Novák, Anna" <anna@x.example>; Petr Malý <petr@x.example>',
      people: ['Anna Novák = anna@x.example', 'Petr Malý = petr@x.example'],
    },
    {
      text: 'Novák, Anna <anna@x.example>; Malý, Petr <petr@x.example>',
      people: ['Anna Novák = anna@x.example', 'Petr Malý = petr@x.example'],
    },
    {
      text: 'Anna <anna@x.example>, Petr Malý <petr@x.example>',
      people: ['Anna = anna@x.example', 'Petr Malý = petr@x.example'],
    },
    { text: 'first@x.example Anna <anna@x.example>', people: ['first@x.example', 'Anna = anna@x.example'] },
    { text: '<anna@x.example>\n<mailto:petr@x.example>', people: ['anna@x.example', 'petr@x.example'] },
    { text: 'Write to anna@x.example.', people: ['anna@x.example'] },
    { text: '', people: [] },
  ];
  for (const { text, people } of cases) {
    it(`of ${JSON.stringify(text)} are ${people.length}`, () => assert.deepEqual(shown(text), people));
  }

  it('names what is no address and counts repeats', () => {
    const { people, repeats, faults } = readPastedPeople('a@x.example, A@X.example, nobody, b@, <c>');
    assert.deepEqual([people.length, repeats, faults], [1, 1, ['nobody', 'b@', 'c']]);
  });

  it('reads back any list, whatever separates it', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 20 });
    const separators = fc.constantFrom(',', ', ', ';', '; ', '\n', '\r\n', '\t', ' ', ',\n');
    fc.assert(
      fc.property(names, separators, (list, separator) => {
        const emails = list.map((name) => `${name}@office.example`);
        assert.deepEqual(shown(emails.join(separator)), emails);
      }),
    );
  });
});
