import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shownMail } from './shown-mail.ts';

const mail = `<!doctype html><html><head><title>A</title><style>.ink { color: white !important }</style></head>
<body class="ground" style="margin:0"><p style="margin:0">one</p><p class="ink" style="font-family:&#39;Segoe UI&#39;">two</p>
<p>say &lt;p style=&quot;color:red&quot;&gt;</p></body></html>`;

describe('a mail in the mailbox', () => {
  const shown = shownMail(mail, 'once');

  it('keeps its styles as classes, the same style once', () => {
    assert.doesNotMatch(shown, / style="/);
    assert.match(shown, /<body class="mail-1 ground">/);
    assert.match(shown, /<p class="mail-1">one/);
    assert.match(shown, /<p class="mail-2 ink">two/);
    assert.match(shown, /\.mail-2 \{ font-family:'Segoe UI' \}/);
  });

  it('marks every style sheet with the nonce, its own before the mail’s', () => {
    assert.equal(shown.match(/<style/g)?.length, 2);
    assert.equal(shown.match(/<style nonce="once">/g)?.length, 2);
    assert.ok(shown.indexOf('.mail-1') < shown.indexOf('.ink {'));
  });

  it('leaves what people wrote as it is', () => {
    assert.match(shown, /say &lt;p style=&quot;color:red&quot;&gt;/);
  });

  it('leads its links to this tab', () => assert.match(shown, /<head><base target="_top">/));

  it('lets no style out of its sheet', () => {
    const out = shownMail('<p style="a</style><script>">x</p>', 'once');
    assert.doesNotMatch(out, /<script>/);
  });
});
