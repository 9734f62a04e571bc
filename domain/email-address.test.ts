import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseEmailAddress, sameMailbox } from './email-address.ts';

const LABEL_OF_63 = 'd'.repeat(63);

const accepted = [
  { text: 'jana@chyba.example', address: 'jana@chyba.example' },
  { text: '  JIRI.CERNY@ATELIER-VLTAVA.EXAMPLE\n', address: 'jiri.cerny@atelier-vltava.example' },
  { text: "sean.o'brien+cad@bridge-span.example", address: "sean.o'brien+cad@bridge-span.example" },
  { text: 'office@büro-süd.example', address: 'office@xn--bro-sd-3yae.example' },
  { text: 'office@straße.example', address: 'office@xn--strae-oqa.example' },
  { text: 'jiří@stavba.example', address: 'jiří@stavba.example' },
  { text: 'jir\u030Ci\u0301@stavba.example', address: 'jiří@stavba.example' },
  { text: 'a@xn--bro-sd-3yae.example', address: 'a@xn--bro-sd-3yae.example' },
  { text: `${'l'.repeat(64)}@a.example`, address: `${'l'.repeat(64)}@a.example` },
];

const refused = {
  'nothing at all': '',
  'no at sign': 'bez.zavinace.chyba.example',
  'two at signs': 'a@b@c.example',
  'no local part': '@b.example',
  'no domain': 'a@',
  'a domain without a dot': 'a@localhost',
  'an address literal': 'a@[127.0.0.1]',
  'an IPv4 address': 'a@127.0.0.1',
  'a number that URLs read as IPv4': 'a@0x7f.1',
  'an empty label': 'a@b..example',
  'a final dot': 'a@b.example.',
  'a label with a hyphen in front': 'a@-b.example',
  'a label of 64 letters': `a@${LABEL_OF_63}d.example`,
  'a port': 'a@b.example:25',
  'a path': 'a@b.example/c',
  'a percent escape': 'a@b%2eexample',
  'two dots in the local part': 'a..b@c.example',
  'a dot in front': '.a@b.example',
  'a dot at the end': 'a.@b.example',
  'a quoted local part': '"a b"@c.example',
  'a name around it': 'Jana <jana@chyba.example>',
  'a list': 'a@b.example,c@d.example',
  'a list with semicolons': 'a@b.example;c@d.example',
  'a space within': 'a b@c.example',
  'a header after a line break': 'a@b.example\r\nBcc: c@d.example',
  'a line break in the local part': 'a\nb@c.example',
  'a NUL': 'a\u0000@b.example',
  'half of a surrogate pair': 'a\uD800@b.example',
  'a local part of 65 octets': `${'l'.repeat(65)}@a.example`,
  'a local part of 65 octets in 33 letters': `${'ř'.repeat(32)}l@a.example`,
  'more than 254 characters': `a@${`${LABEL_OF_63}.`.repeat(4)}example`,
};

describe('an e-mail address', () => {
  for (const { text, address } of accepted) {
    it(`reads ${JSON.stringify(text)}`, () => assert.equal(parseEmailAddress(text), address));
  }

  for (const [what, text] of Object.entries(refused)) {
    it(`refuses ${what}`, () => assert.equal(parseEmailAddress(text), undefined));
  }

  it('stays as it is when it is read again', () => {
    const addresses = fc
      .tuple(fc.string({ unit: 'grapheme' }), fc.domain())
      .map(([local, domain]) => `${local}@${domain}`);
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), addresses, fc.string({ unit: 'binary' })), (text) => {
        const address = parseEmailAddress(text);
        if (address !== undefined) assert.equal(parseEmailAddress(address), address);
      }),
    );
  });

  it('never holds what could break out of a mail header', () => {
    const hostile = fc.constantFrom('\r\n', '\u0085', '\u2028', '<', '>', ',', ';', ':', '"', '(', ' ', '\t', '\u0000');
    fc.assert(
      fc.property(fc.emailAddress(), hostile, fc.nat(), (address, piece, at) => {
        const cut = 1 + (at % (address.length - 1));
        assert.equal(parseEmailAddress(address.slice(0, cut) + piece + address.slice(cut)), undefined);
      }),
    );
  });

  it('names one mailbox however it is written', () => {
    assert.ok(sameMailbox('Office@Büro-Süd.example', ' office@xn--bro-sd-3yae.example'));
    assert.ok(!sameMailbox('a@b.example', 'b@b.example'));
    assert.ok(!sameMailbox('no address', 'no address'));
  });
});
