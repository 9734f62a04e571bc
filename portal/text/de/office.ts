import type { office as english } from '../en/office.ts';

export const office: Partial<typeof english> = {};
