/** What the address of the desk keeps of a sale, so that a reload or a second call resumes it. */
export interface SaleSearch {
  request?: string;
  customer?: string;
  offer?: string;
  /** The team that was chosen, or `later` when the customer will tell it. */
  team?: string;
  order?: string;
}

const forms: Record<keyof SaleSearch, RegExp> = {
  request: /^req_\w{26}$/,
  customer: /^cus_\w{26}$/,
  offer: /^off_\w{26}$/,
  team: /^(team_\w{26}|later)$/,
  order: /^ord_\w{26}$/,
};

/** Takes from an address what belongs to a sale and drops the rest. */
export function saleSearchOf(search: Record<string, unknown>): SaleSearch {
  const kept: SaleSearch = {};
  for (const [name, form] of Object.entries(forms)) {
    const value = search[name];
    // The names are the keys of `forms`; Object.entries types them as plain strings.
    if (typeof value === 'string' && form.test(value)) kept[name as keyof SaleSearch] = value;
  }
  return kept;
}
