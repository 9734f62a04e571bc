import type { NoticeKind } from '../../../contract/notice.ts';
import type { Language } from '../../../contract/shape.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { NoticeId } from '../../../domain/id.ts';
import type { Settings } from '../../platform/ground.ts';
import type { Mail } from '../../platform/mail.ts';
import { mailFormat } from './mail-format.ts';
import { htmlMail } from './mail-html.ts';
import { plainMail } from './mail-page.ts';
import type { MailLanguage, MailText } from './mail-text.ts';
import type { NoticePayloads } from './notice.kinds.ts';
import { cs } from './text/cs.ts';
import { de } from './text/de.ts';
import { en } from './text/en.ts';

const languages: Readonly<Record<Language, MailLanguage>> = { en, de, cs };

/** A notice as it is kept, with the link that it leads to. */
export interface KeptNotice<K extends NoticeKind = NoticeKind> {
  readonly id: NoticeId;
  readonly kind: K;
  readonly to: EmailAddress;
  readonly language: Language;
  readonly payload: NoticePayloads[K];
  readonly queuedAt: Date;
  readonly link: { readonly address: string; readonly endsAt: Date } | undefined;
}

type MailSettings = Pick<Settings, 'vendorName' | 'accentColour' | 'timeZone' | 'publicUrl'>;

/** Writes the mail of a notice: the same one each time, for it is made of nothing but what is kept. */
export function mailOf(notice: KeptNotice, settings: MailSettings): Mail {
  const language = languages[notice.language];
  const text = textOf(notice, language, settings);
  const page = {
    text,
    language: notice.language,
    address: notice.link?.address ?? settings.publicUrl + pathOf(notice),
    addressLead: language.addressLead,
    closing: language.closing(settings.vendorName),
    vendorName: settings.vendorName,
    accentColour: settings.accentColour,
  };
  return {
    id: notice.id,
    to: notice.to,
    subject: text.subject,
    text: plainMail(page),
    html: htmlMail(page),
    language: notice.language,
    at: notice.queuedAt,
  };
}

function textOf(notice: KeptNotice, { notices }: MailLanguage, settings: MailSettings): MailText {
  // A notice's kind and payload belong together since it was owed; TypeScript cannot follow that through the table.
  const write = notices[notice.kind] as (facts: unknown, ...rest: [ReturnType<typeof mailFormat>, string]) => MailText;
  const facts = { ...notice.payload, linkEndsAt: notice.link?.endsAt.toISOString() };
  return write(facts, mailFormat(notice.language, settings.timeZone), settings.vendorName);
}

const pathOf = ({ payload }: KeptNotice): string => ('path' in payload ? payload.path : '/');
