import type { page as english } from '../en/page.ts';

export const page: Partial<typeof english> = {};
