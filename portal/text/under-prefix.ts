type Prefixed<Prefix extends string, Texts> = {
  [Code in keyof Texts as Code extends string ? `${Prefix}.${Code}` : never]: Texts[Code];
};

/** Puts the texts of a closed list of codes into the catalogue: `notFound` under `problem` is `problem.notFound`. */
export function underPrefix<Prefix extends string, Texts extends object>(
  prefix: Prefix,
  texts: Texts,
): Prefixed<Prefix, Texts> {
  const entries = Object.entries(texts).map(([code, text]) => [`${prefix}.${code}`, text]);
  // Object.fromEntries forgets the keys' type; they are built one line above.
  return Object.fromEntries(entries) as Prefixed<Prefix, Texts>;
}
