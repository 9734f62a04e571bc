import { account } from './cs/account.ts';
import { component } from './cs/component.ts';
import { desk } from './cs/desk.ts';
import { device } from './cs/device.ts';
import { home } from './cs/home.ts';
import { link } from './cs/link.ts';
import { mailbox } from './cs/mailbox.ts';
import { offer } from './cs/offer.ts';
import { office } from './cs/office.ts';
import { page } from './cs/page.ts';
import { problem, wayOut } from './cs/problem.ts';
import { record } from './cs/record.ts';
import { shell } from './cs/shell.ts';
import { state } from './cs/state.ts';
import { team } from './cs/team.ts';
import { why, whyCheck, whyFinding, whyHow, whyRemedy } from './cs/why.ts';
import type { Translation } from './en.ts';
import { underPrefix } from './under-prefix.ts';

/** Czech; what it lacks shows in English. */
export const cs: Translation = {
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
