import type { component as english } from '../en/component.ts';

export const component: Partial<typeof english> = {};
