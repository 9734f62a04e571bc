import { useMemo } from 'react';
import { parseCountryCode } from '../../../domain/country-code.ts';
import { useLanguage } from '../../text/use-text.ts';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const codes = letters
  .flatMap((first) => letters.map((second) => first + second))
  .filter((code) => parseCountryCode(code) !== undefined);

/** All countries by their names in the language shown. */
export function useCountries(): { value: string; label: string }[] {
  const language = useLanguage();
  return useMemo(() => {
    const names = new Intl.DisplayNames(language, { type: 'region' });
    const countries = codes.map((value) => ({ value, label: names.of(value) ?? value }));
    return countries.sort((one, other) => one.label.localeCompare(other.label, language));
  }, [language]);
}

/** The name of one country in the language shown. */
export function useCountryName(code: string): string {
  const language = useLanguage();
  return useMemo(() => new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code, [language, code]);
}
