/**
 * A mail as the mailbox shows it: its links lead this tab on, and its styles carry the page's nonce.
 *
 * A frame of this page stands under the page's own policy, which applies no style attribute. They become classes; the
 * mail's own style sheet comes after them and wins as it does in a mail program.
 */
export function shownMail(html: string, nonce: string): string {
  const rules = new Map<string, string>();
  const inClasses = html.replace(/<[a-z][^<>]*\sstyle="[^"]*"[^<>]*>/g, (tag) => withClass(tag, rules));
  const marked = inClasses.replace(/<style>/g, `<style nonce="${nonce}">`);
  const sheet = [...rules].map(([style, name]) => `.${name} { ${plain(style)} }`).join('\n');
  const head = `<base target="_top"><style nonce="${nonce}">${sheet}</style>`;
  return marked.includes('<head>') ? marked.replace('<head>', () => `<head>${head}`) : head + marked;
}

/** A tag with a class of its own instead of its style. */
function withClass(tag: string, rules: Map<string, string>): string {
  const style = / style="([^"]*)"/.exec(tag)?.[1] ?? '';
  const name = rules.get(style) ?? `mail-${rules.size + 1}`;
  rules.set(style, name);
  const bare = tag.replace(` style="${style}"`, () => '');
  return bare.includes(' class="')
    ? bare.replace(' class="', () => ` class="${name} `)
    : bare.replace(/^<\w+/, (start) => `${start} class="${name}"`);
}

/** What stood in an attribute as it stands in a style sheet; nothing in it can end the sheet. */
const plain = (style: string): string =>
  style.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('<', '');
