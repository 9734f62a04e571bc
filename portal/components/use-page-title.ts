import { useDocumentTitle } from '@mantine/hooks';
import { useEffect } from 'react';
import { useDeployment } from '../data/deployment.ts';
import { announce } from './announcer.tsx';

/** Names the document and tells screen readers which page they are on. */
export function usePageTitle(title: string): void {
  const { vendorName } = useDeployment();
  useDocumentTitle(vendorName ? `${title} · ${vendorName}` : title);
  useEffect(() => announce(title), [title]);
}
