import { account } from './de/account.ts';
import { component } from './de/component.ts';
import { desk } from './de/desk.ts';
import { device } from './de/device.ts';
import { home } from './de/home.ts';
import { link } from './de/link.ts';
import { mailbox } from './de/mailbox.ts';
import { offer } from './de/offer.ts';
import { office } from './de/office.ts';
import { page } from './de/page.ts';
import { problem, wayOut } from './de/problem.ts';
import { record } from './de/record.ts';
import { shell } from './de/shell.ts';
import { state } from './de/state.ts';
import { team } from './de/team.ts';
import { why, whyCheck, whyFinding, whyHow, whyRemedy } from './de/why.ts';
import type { Translation } from './en.ts';
import { underPrefix } from './under-prefix.ts';

/** German; what it lacks shows in English. */
export const de: Translation = {
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
