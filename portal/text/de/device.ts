import type { device as english } from '../en/device.ts';

export const device: Partial<typeof english> = {
  'device.title': 'Anwendung verbinden',
};
