import type { AnchorProps, ButtonProps, MenuItemProps, NavLinkProps, TabsTabProps } from '@mantine/core';
import { Anchor, Button, Menu, NavLink, Tabs } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type Props<Own> = Own & Omit<ComponentProps<'a'>, keyof Own>;

/** A link in a text that the router follows; `to` is checked against the route tree. */
export const TextLink = createLink((props: Props<AnchorProps>) => <Anchor inherit={!props.size} {...props} />);

export const ButtonLink = createLink((props: Props<ButtonProps>) => <Button component="a" {...props} />);

export const NavigationLink = createLink((props: Props<NavLinkProps>) => <NavLink {...props} />);

export const MenuItemLink = createLink((props: Props<MenuItemProps>) => <Menu.Item component="a" {...props} />);

/** A tab whose panel is a page of its own. */
export const TabLink = createLink((props: Omit<TabsTabProps, 'ref'> & { href?: string }) => (
  <Tabs.Tab {...props} renderRoot={(root) => <a {...root} href={props.href} />} />
));
