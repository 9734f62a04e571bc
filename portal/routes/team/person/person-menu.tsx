import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowsExchange,
  IconCrown,
  IconDots,
  IconHelpCircle,
  IconLogout,
  IconMailForward,
  IconMailOff,
  IconUserCog,
  IconUserMinus,
} from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Member } from '../../../../contract/team.ts';
import { MenuItemLink } from '../../../components/link.tsx';
import { useText } from '../../../text/use-text.ts';
import type { ProductColumn, TableActions } from '../licences/table-actions.ts';
import type { TeamStanding } from '../team-standing.ts';
import { personItems } from './person-items.ts';

const route = getRouteApi('/shell/signedIn/teams/$teamId');

interface PersonMenuProps {
  member: Member;
  products: readonly ProductColumn[];
  standing: TeamStanding;
  actions: TableActions;
  tabIndex: number;
}

/** What can be done with a person beyond ticks. */
export function PersonMenu({ member, products, standing, actions, tabIndex }: PersonMenuProps) {
  const t = useText();
  const { teamId } = route.useParams();
  const [isOpen, setOpen] = useState(false);
  const { moves, roles, invitation, leaves, removes, offersOwnership } = personItems(member, standing);
  const movable = moves ? products.filter((product) => actions.hasLicence(member, product)) : [];
  const button = (
    <ActionIcon
      aria-label={t('team.people.menu', { name: member.name })}
      aria-haspopup="menu"
      data-column="menu"
      tabIndex={tabIndex}
      onClick={() => setOpen(true)}
    >
      <IconDots size={18} />
    </ActionIcon>
  );
  return (
    <Menu opened={isOpen} onChange={setOpen} position="bottom-end" width={260} keepMounted={false}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        {movable.map((product) => (
          <Menu.Item
            key={product.productId}
            leftSection={<IconArrowsExchange size={16} aria-hidden />}
            onClick={() => actions.move(member, product)}
          >
            {t('team.move.menu', { product: product.name })}
          </Menu.Item>
        ))}
        <MenuItemLink
          to="/why"
          search={member.id === standing.memberId ? { team: teamId } : { team: teamId, member: member.id }}
          leftSection={<IconHelpCircle size={16} aria-hidden />}
        >
          {t('why.menu', { name: member.name })}
        </MenuItemLink>
        {roles.map((role) => (
          <Menu.Item
            key={role}
            leftSection={<IconUserCog size={16} aria-hidden />}
            onClick={() => actions.changeRole(member, role)}
          >
            {t('team.person.makeRole', { role })}
          </Menu.Item>
        ))}
        {offersOwnership && (
          <Menu.Item
            leftSection={<IconCrown size={16} aria-hidden />}
            onClick={() => actions.ask({ kind: 'offerOwnership', member })}
          >
            {t('team.person.offerOwnership')}
          </Menu.Item>
        )}
        {invitation && (
          <>
            <Menu.Item
              leftSection={<IconMailForward size={16} aria-hidden />}
              onClick={() => actions.sendAgain(member)}
            >
              {t('team.person.sendAgain')}
            </Menu.Item>
            <Menu.Item
              style={{ color: 'var(--mantine-color-error)' }}
              leftSection={<IconMailOff size={16} aria-hidden />}
              onClick={() => actions.ask({ kind: 'withdraw', member })}
            >
              {t('team.person.withdraw')}
            </Menu.Item>
          </>
        )}
        {removes && (
          <Menu.Item
            style={{ color: 'var(--mantine-color-error)' }}
            leftSection={<IconUserMinus size={16} aria-hidden />}
            onClick={() => actions.ask({ kind: 'remove', member })}
          >
            {t('team.person.remove')}
          </Menu.Item>
        )}
        {leaves && (
          <Menu.Item
            style={{ color: 'var(--mantine-color-error)' }}
            leftSection={<IconLogout size={16} aria-hidden />}
            onClick={() => actions.ask({ kind: 'leave', member })}
          >
            {t('team.person.leave')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
