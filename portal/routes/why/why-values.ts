import type { Why, WhyCheck } from '../../../contract/why.ts';
import type { Format } from '../../text/format.ts';
import type { TextValues, Translate } from '../../text/use-text.ts';

/** What texts of the explanation are put together with. */
export interface Words {
  readonly t: Translate;
  readonly format: Format;
  readonly vendorName: string;
  readonly now: Date;
  /** Whether the reader is the person concerned. */
  readonly isSelf: boolean;
}

const flag = (value: unknown): 'yes' | 'no' => (value === undefined || value === false ? 'no' : 'yes');

/** The values of a finding's text; each text takes those that it needs. */
export function findingValues({ data }: WhyCheck, { product }: Why, words: Words): TextValues {
  const { t, format, vendorName, now } = words;
  const { on, until, at, place, teamName, orderNumber, seconds = 0 } = data;
  return {
    product: product.name,
    vendor: vendorName || t('why.vendor'),
    team: teamName ?? '',
    day: on ? format.day(on) : '',
    until: until ? format.day(until) : '',
    hasDay: flag(until),
    at: at ? format.second(new Date(at), now) : '',
    place: place ?? '',
    hasPlace: flag(place),
    number: orderNumber ?? '',
    hasNumber: flag(orderNumber),
    minutes: Math.round(Math.abs(seconds) / 60),
    isAhead: flag(seconds > 0),
  };
}

/** The values of the remedy's texts: who does it, for whom, and where. */
export function remedyValues({ remedy, person, product, team }: Why, words: Words): TextValues {
  const { t, vendorName, isSelf } = words;
  return {
    by: remedy?.data.by ?? 'you',
    self: flag(isSelf),
    name: person.name,
    email: person.email,
    product: product.name,
    team: team?.name ?? '',
    owner: remedy?.data.ownerName ?? t('why.owner'),
    partner: remedy?.data.partnerName ?? '',
    other: remedy?.data.teamName ?? '',
    vendor: vendorName || t('why.vendor'),
  };
}
