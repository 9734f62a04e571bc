import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconLogout, IconUser } from '@tabler/icons-react';
import { useSignedIn } from '../data/me.ts';
import { useSignOut } from '../data/sign-in.ts';
import { useText } from '../text/use-text.ts';
import { MenuItemLink } from './link.tsx';

/** Who is signed in, with the ways to the profile and out. */
export function AccountMenu() {
  const t = useText();
  const { account } = useSignedIn();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" withinPortal={false} width={240}>
      <Menu.Target>
        <UnstyledButton>
          <Avatar size={32} name={account.name} color="accent" variant="light" aria-hidden />
          <VisuallyHidden>{t('shell.accountMenu', { name: account.name })}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" truncate>
            {account.name}
          </Text>
          <Text size="xs" truncate>
            {account.email}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <MenuItemLink to="/profile" leftSection={<IconUser size={16} aria-hidden />}>
          {t('shell.profile')}
        </MenuItemLink>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.start()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
