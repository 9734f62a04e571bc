import { UnstyledButton } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { useDeployment } from '../data/deployment.ts';
import classes from './brand.module.css';

const HomeLink = createLink((props: ComponentProps<'a'>) => <UnstyledButton component="a" {...props} />);

/** The vendor's name, which leads home. */
export function Brand() {
  const { vendorName } = useDeployment();
  return (
    <HomeLink to="/" className={classes.brand ?? ''}>
      <span className={classes.mark} aria-hidden>
        {vendorName.slice(0, 1)}
      </span>
      <span className={classes.name}>{vendorName}</span>
    </HomeLink>
  );
}
