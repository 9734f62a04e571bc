import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { textsIn } from '../text/language.ts';
import type { Language } from '../text/locale.ts';
import { TextScope } from '../text/use-text.ts';
import { Loaded } from './loaded.tsx';

/** Shows a part of the page in another language than the rest: what somebody else will read. */
export function InLanguage({ language, children }: { language: Language; children: ReactNode }) {
  const query = useQuery({
    queryKey: ['texts', language],
    queryFn: () => textsIn(language),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div lang={language}>
      <Loaded query={query}>{(texts) => <TextScope value={texts}>{children}</TextScope>}</Loaded>
    </div>
  );
}
