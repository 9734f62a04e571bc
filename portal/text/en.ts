import { account } from './en/account.ts';
import { component } from './en/component.ts';
import { desk } from './en/desk.ts';
import { device } from './en/device.ts';
import { home } from './en/home.ts';
import { link } from './en/link.ts';
import { mailbox } from './en/mailbox.ts';
import { offer } from './en/offer.ts';
import { office } from './en/office.ts';
import { page } from './en/page.ts';
import { problem, wayOut } from './en/problem.ts';
import { record } from './en/record.ts';
import { shell } from './en/shell.ts';
import { state } from './en/state.ts';
import { team } from './en/team.ts';
import { why, whyCheck, whyFinding, whyHow, whyRemedy } from './en/why.ts';
import { underPrefix } from './under-prefix.ts';

/** The complete catalogue: its keys are the ids that every other language may translate. */
export const en = {
  ...account,
  ...component,
  ...desk,
  ...device,
  ...home,
  ...link,
  ...mailbox,
  ...offer,
  ...office,
  ...page,
  ...underPrefix('problem', problem),
  ...underPrefix('wayOut', wayOut),
  ...record,
  ...shell,
  ...state,
  ...team,
  ...why,
  ...underPrefix('why.check', whyCheck),
  ...underPrefix('why.finding', whyFinding),
  ...underPrefix('why.remedy', whyRemedy),
  ...underPrefix('why.how', whyHow),
};

export type TextId = keyof typeof en;

/** A translation; what it lacks shows in English. */
export type Translation = Partial<Record<TextId, string>>;
