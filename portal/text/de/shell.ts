import type { shell as english } from '../en/shell.ts';

export const shell: Partial<typeof english> = {};
