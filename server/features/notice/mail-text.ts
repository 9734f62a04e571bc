import type { NoticeKind } from '../../../contract/notice.ts';
import type { MailFormat } from './mail-format.ts';
import type { LinkedNoticeKind, NoticePayloads } from './notice.kinds.ts';

/** What a mail says, before it becomes text or HTML. Values of people stand in it as they are. */
export interface MailText {
  readonly subject: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** Labels with their values; a value may have several lines. */
  readonly facts?: readonly (readonly [label: string, value: string])[];
  /** What somebody wrote by hand. */
  readonly quote?: string | null;
  readonly button: string;
  /** Small print below the button. */
  readonly notes?: readonly string[];
}

/** What the text of a kind is written from. */
export type NoticeFacts<K extends NoticeKind> = NoticePayloads[K] &
  (K extends LinkedNoticeKind ? { readonly linkEndsAt: string } : object);

/** The mails of one language: a kind without its text does not compile. */
export interface MailLanguage {
  readonly notices: {
    readonly [K in NoticeKind]: (facts: NoticeFacts<K>, format: MailFormat, vendorName: string) => MailText;
  };
  /** Stands before the address of the button, for programs that show none. */
  readonly addressLead: string;
  /** Closes every mail. */
  readonly closing: (vendorName: string) => string;
}
