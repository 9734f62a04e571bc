import type { record as english } from '../en/record.ts';

export const record: Partial<typeof english> = {
  'record.title': 'Protokoll',
};
