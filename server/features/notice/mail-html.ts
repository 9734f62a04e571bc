import type { MailPage } from './mail-page.ts';

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const PAPER = '#ffffff';
const INK = '#1d2328';
const SOFT_INK = '#59626b';
const GROUND = '#eef1f4';
const LINE = '#dde2e7';

/** Programs with a dark scheme use these; the others keep the inline ones. */
const DARK = `@media (prefers-color-scheme: dark) {
.ground { background: #15181b !important }
.paper { background: #1f2429 !important; border-right-color: #343b42 !important; border-bottom-color: #343b42 !important; border-left-color: #343b42 !important }
.ink { color: #e9edf0 !important }
.soft { color: #a9b2ba !important }
.line { border-color: #343b42 !important }
}`;

/**
 * The mail as HTML: one column, styles inline, one button, nothing loaded from elsewhere.
 *
 * Every value is escaped, so names and messages are shown as they were typed.
 */
export function htmlMail(page: MailPage): string {
  const { text, language, vendorName, accentColour } = page;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(text.subject)}</title>
<style>${DARK}</style>
</head>
<body class="ground" style="margin:0;padding:0;background:${GROUND}">
<table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0" style="background:${GROUND};${FONT}">
<tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">
<tr><td class="soft" style="padding:0 4px 14px;color:${SOFT_INK};font-size:15px;font-weight:600">${escaped(vendorName)}</td></tr>
<tr><td class="paper" style="background:${PAPER};border:1px solid ${LINE};border-top:4px solid ${accentColour};border-radius:6px;padding:32px 32px 26px">
<h1 class="ink" style="margin:0 0 16px;color:${INK};font-size:22px;line-height:1.3;font-weight:650">${escaped(text.heading)}</h1>
${[...text.paragraphs.map(paragraph), factTable(page), quote(page), button(page), ...(text.notes ?? []).map(note), addressLine(page)].filter(Boolean).join('\n')}
</td></tr>
<tr><td class="soft" style="padding:16px 4px 0;color:${SOFT_INK};font-size:13px;line-height:1.5">${escaped(page.closing)}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

const paragraph = (text: string): string =>
  `<p class="ink" style="margin:0 0 16px;color:${INK};font-size:16px;line-height:1.55">${escaped(text)}</p>`;

const note = (text: string): string =>
  `<p class="soft" style="margin:0 0 8px;color:${SOFT_INK};font-size:14px;line-height:1.5">${escaped(text)}</p>`;

function factTable({ text }: MailPage): string {
  if (!text.facts?.length) return '';
  const rows = text.facts.map(
    ([label, value]) => `<tr>
<th scope="row" align="left" valign="top" class="soft line" style="padding:8px 16px 8px 0;border-top:1px solid ${LINE};color:${SOFT_INK};font-size:15px;font-weight:400">${escaped(label)}</th>
<td align="right" valign="top" class="ink line" style="padding:8px 0;border-top:1px solid ${LINE};color:${INK};font-size:15px;font-weight:600;white-space:pre-line">${escaped(value)}</td>
</tr>`,
  );
  return `<table width="100%" cellpadding="0" cellspacing="0" style="margin:4px 0 20px;border-collapse:collapse">
${rows.join('\n')}
</table>`;
}

function quote({ text, accentColour }: MailPage): string {
  if (!text.quote) return '';
  return `<blockquote class="ink" style="margin:0 0 20px;padding:2px 0 2px 14px;border-left:3px solid ${accentColour};color:${INK};font-size:16px;line-height:1.55;white-space:pre-line">${escaped(text.quote)}</blockquote>`;
}

function button({ text, address, accentColour }: MailPage): string {
  return `<p style="margin:8px 0 24px"><a href="${escaped(address)}" style="display:inline-block;background:${accentColour};color:${inkOn(accentColour)};font-size:16px;font-weight:600;line-height:1.25;text-decoration:none;padding:13px 22px;border-radius:6px">${escaped(text.button)}</a></p>`;
}

function addressLine({ address, addressLead }: MailPage): string {
  return `<p class="soft line" style="margin:18px 0 0;padding-top:14px;border-top:1px solid ${LINE};color:${SOFT_INK};font-size:13px;line-height:1.5">${escaped(addressLead)}<br><a href="${escaped(address)}" class="soft" style="color:${SOFT_INK};word-break:break-all">${escaped(address)}</a></p>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

/** Black or white, whichever stands out more on a colour (WCAG 2 relative luminance). */
function inkOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255),
  );
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#ffffff' : '#000000';
}

const linear = (share: number): number => (share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
