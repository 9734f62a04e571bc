import { ButtonLink } from '../components/link.tsx';
import { NarrowCard } from '../components/narrow-card.tsx';
import { useText } from '../text/use-text.ts';

export function NotFoundPage() {
  const t = useText();
  return (
    <NarrowCard title={t('page.notFound.title')} lead={t('page.notFound.text')}>
      <ButtonLink to="/">{t('page.notFound.action')}</ButtonLink>
    </NarrowCard>
  );
}
