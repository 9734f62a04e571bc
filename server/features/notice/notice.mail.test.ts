import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import fc from 'fast-check';
import type { NoticeKind } from '../../../contract/notice.ts';
import type { Language } from '../../../contract/shape.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { NoticeId } from '../../../domain/id.ts';
import { bytesOf } from '../../platform/mail.ts';
import { noticeSamples } from '../../tests/harness/notice-samples.ts';
import { mailFormat } from './mail-format.ts';
import type { KeptNotice } from './notice.mail.ts';
import { mailOf } from './notice.mail.ts';

const settings = {
  vendorName: 'Muster Software',
  accentColour: '#00695c',
  timeZone: 'Europe/Berlin',
  publicUrl: 'https://licences.vendor.example',
};
const sender = { from: 'Namesake <no-reply@vendor.example>', host: 'licences.vendor.example' };
const LINK = 'https://licences.vendor.example/l/link_01#secret';
const languages: Language[] = ['en', 'de', 'cs'];
// The samples have every kind as a key.
const kinds = Object.keys(noticeSamples) as NoticeKind[];

function kept(kind: NoticeKind, language: Language = 'en', payload: object = {}): KeptNotice {
  return {
    id: 'ntc_01' as NoticeId,
    kind,
    to: 'jana@office.example' as EmailAddress,
    language,
    payload: { ...noticeSamples[kind], ...payload },
    queuedAt: new Date('2026-03-02T09:00:00Z'),
    link: 'path' in noticeSamples[kind] ? undefined : { address: LINK, endsAt: new Date('2026-03-05T09:00:00Z') },
  };
}

for (const language of languages) {
  describe(`mails in ${language}`, () => {
    for (const kind of kinds) {
      it(`${kind}: says everything, leads somewhere, loads nothing`, () => {
        const mail = mailOf(kept(kind, language), settings);
        const address = 'path' in noticeSamples[kind] ? settings.publicUrl + noticeSamples[kind].path : LINK;
        for (const text of [mail.subject, mail.text, mail.html]) {
          assert.doesNotMatch(text, /undefined|null|NaN|\[object|\$\{|Invalid/);
        }
        assert.ok(mail.subject.length <= 90, mail.subject);
        assert.ok(mail.text.includes(address));
        assert.ok(mail.text.includes(settings.vendorName));
        assert.ok(mail.html.includes(`<html lang="${language}">`));
        assert.equal(mail.html.split(`href="${address}"`).length, 3);
        assert.equal(mail.html.match(/<h1/g)?.length, 1);
        assert.doesNotMatch(mail.html, /<(img|script|link|iframe|form)\b|\bsrc=|url\(|@import/);
      });
    }
  });
}

test('a mail is the same to the byte, whenever it is written', async () => {
  for (const kind of kinds) {
    const [first, second] = await Promise.all([0, 1].map(() => bytesOf(mailOf(kept(kind), settings), sender)));
    assert.deepEqual(first, second);
  }
});

test('what people typed is shown as they typed it, in every mail', () => {
  const typed = `<b>&"'O'Neill</b>`;
  const shown = '&lt;b&gt;&amp;&quot;&#39;O&#39;Neill&lt;/b&gt;';
  const names = {
    teamName: typed,
    customerName: typed,
    partnerName: typed,
    name: typed,
    message: typed,
    reason: typed,
  };
  const nameless = ['accountConfirmation', 'passwordReset', 'passwordChanged', 'orderHeld'];
  for (const kind of kinds.filter((one) => !nameless.includes(one))) {
    for (const language of languages) {
      const { html } = mailOf(kept(kind, language, names), settings);
      assert.ok(html.includes(shown), kind);
      assert.ok(!html.includes(typed), kind);
    }
  }
});

test('no name can add a header or end one', async () => {
  const line = fc.constantFrom('\r\n', '\n', '\r', '\u2028', '\u0000');
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), line, fc.string(), async (before, end, after) => {
      const teamName = `${before}${end}Bcc: everybody@vendor.example${end}${end}${after}`;
      const mail = mailOf(kept('teamMade', 'en', { teamName }), settings);
      const message = (await bytesOf(mail, sender)).toString('latin1');
      const [head = ''] = message.split('\r\n\r\n');
      const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
      assert.deepEqual(
        fields.map((field) => field.split(':')[0]),
        [
          'From',
          'To',
          'Subject',
          'Date',
          'Message-ID',
          'Content-Language',
          'Auto-Submitted',
          'MIME-Version',
          'Content-Type',
        ],
      );
    }),
    { numRuns: 50 },
  );
});

test('the button stands out on any accent colour', () => {
  const inkFor = (accentColour: string) =>
    /<a href="[^"]*" style="[^"]*;color:(#\w{6})/.exec(
      mailOf(kept('teamMade'), { ...settings, accentColour }).html,
    )?.[1];
  assert.equal(inkFor('#00695c'), '#ffffff');
  assert.equal(inkFor('#ffd54f'), '#000000');
  assert.equal(inkFor('#000000'), '#ffffff');
});

test('numbers, dates and money are written as the language does', () => {
  const [en, de, cs] = languages.map((language) => mailFormat(language, 'Europe/Prague'));
  const amount = noticeSamples.offerSent.total;
  assert.deepEqual(
    [en, de, cs].map((format) => format?.money(amount).replace(/\s/g, ' ')),
    ['€4,440.00', '4.440,00 €', '4 440,00 €'],
  );
  const day = noticeSamples.offerSent.validUntil;
  assert.deepEqual(
    [en, de, cs].map((format) => format?.date(day)),
    ['1 April 2026', '1. April 2026', '1. dubna 2026'],
  );
  const moment = '2026-07-02T22:30:00.000Z';
  assert.match(en?.moment(moment) ?? '', /^3 July 2026 at 00:30/);
  assert.match(cs?.moment(moment) ?? '', /^3\. července 2026.*0:30/);
});

test('counted words have all the forms of Czech', () => {
  const format = mailFormat('cs', 'Europe/Prague');
  const word = { one: 'měsíc', few: 'měsíce', other: 'měsíců' };
  assert.deepEqual(
    [1, 2, 4, 5, 12, 24].map((count) => format.count(count, word).replace(/\s/g, ' ')),
    ['1 měsíc', '2 měsíce', '4 měsíce', '5 měsíců', '12 měsíců', '24 měsíců'],
  );
});
