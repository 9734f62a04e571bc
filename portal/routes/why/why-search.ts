/** What the address says of the question: the product by id or key, the team, and a member where it is about somebody else. */
export interface WhySearch {
  product?: string;
  team?: string;
  member?: string;
}

const forms: Record<keyof WhySearch, RegExp> = {
  product: /^[a-z0-9][a-z0-9_-]{0,63}$/,
  team: /^team_[0-9a-z]{26}$/,
  member: /^mem_[0-9a-z]{26}$/,
};

/** Takes from an address what belongs to the question and drops the rest; applications open it, so anything may come. */
export function whySearch(search: Record<string, unknown>): WhySearch {
  const kept: WhySearch = {};
  for (const [name, form] of Object.entries(forms)) {
    const value = search[name];
    // The names are the keys of `forms`; Object.entries types them as plain strings.
    if (typeof value === 'string' && form.test(value)) kept[name as keyof WhySearch] = value;
  }
  // A member is one of a team.
  if (!kept.team) delete kept.member;
  return kept;
}
