import { Alert } from '@mantine/core';
import { IconKey, IconKeyOff } from '@tabler/icons-react';
import type { Team } from '../../../../contract/team.ts';
import { TextLink } from '../../../components/link.tsx';
import { useText } from '../../../text/use-text.ts';
import type { TeamLicences } from './holding.ts';
import { cellKey, holdingsOf } from './holding.ts';
import type { ProductFigures } from './product-figures.ts';

interface OwnLicenceProps {
  team: Team;
  memberId: string;
  licences: TeamLicences;
  products: readonly ProductFigures[];
}

/** What a plain member has in this team, in a sentence each. */
export function OwnLicence({ team, memberId, licences, products }: OwnLicenceProps) {
  const t = useText();
  const holdings = holdingsOf(licences);
  const lines = products.flatMap(({ productId, name }) => {
    const holding = holdings.get(cellKey(memberId, productId));
    if (!holding) return [];
    if (!holding.works) return [t('team.figures.mineStopped', { product: name })];
    const isReserved = holding.licence.state === 'reserved';
    return [t(isReserved ? 'team.figures.mineReserved' : 'team.figures.mine', { product: name })];
  });
  if (lines.length === 0) {
    return (
      <Alert variant="light" color="gray" icon={<IconKeyOff />}>
        {t('team.figures.mineNone', { owner: team.owner.name })} <WhyLink team={team} />
      </Alert>
    );
  }
  return (
    <Alert variant="light" color="green" icon={<IconKey />}>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
      <WhyLink team={team} />
    </Alert>
  );
}

function WhyLink({ team }: { team: Team }) {
  const t = useText();
  return (
    <TextLink to="/why" search={{ team: team.id }} c="inherit" td="underline">
      {t('why.title')}
    </TextLink>
  );
}
