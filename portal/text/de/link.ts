import type { link as english } from '../en/link.ts';

export const link: Partial<typeof english> = {};
