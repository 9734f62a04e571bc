import { ButtonLink } from '../../components/link.tsx';
import { NarrowCard } from '../../components/narrow-card.tsx';
import { useDeployment } from '../../data/deployment.ts';
import { useText } from '../../text/use-text.ts';

/** Says that the next step lies in the mailbox; in a demo that is a page. */
export function CheckMail({ title, text }: { title: string; text: string }) {
  const t = useText();
  const { demo } = useDeployment();
  return (
    <NarrowCard title={title} lead={text}>
      {demo ? (
        <ButtonLink to="/mailbox">{t('home.mailbox.action')}</ButtonLink>
      ) : (
        <ButtonLink to="/sign-in" variant="default">
          {t('account.signInLink')}
        </ButtonLink>
      )}
    </NarrowCard>
  );
}
