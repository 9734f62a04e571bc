import type { Language } from '../../../contract/shape.ts';
import type { MailText } from './mail-text.ts';

/** A mail's text with what surrounds it. */
export interface MailPage {
  readonly text: MailText;
  readonly language: Language;
  /** Where the button leads. */
  readonly address: string;
  readonly addressLead: string;
  readonly closing: string;
  readonly vendorName: string;
  /** `#rrggbb` */
  readonly accentColour: string;
}

/** The mail as plain text. */
export function plainMail({ text, address, closing, vendorName }: MailPage): string {
  const facts = (text.facts ?? []).map(([label, value]) => `${label}: ${value.replaceAll('\n', ', ')}`).join('\n');
  const quote = (text.quote ?? '').replace(/^/gm, '> ');
  const parts = [
    text.heading,
    ...text.paragraphs,
    facts,
    text.quote ? quote : '',
    `${text.button}:\n${address}`,
    ...(text.notes ?? []),
    `-- \n${vendorName}\n${closing}`,
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}
