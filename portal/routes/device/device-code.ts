/** What of the address belongs to this page: the code, where the application's link carries one. */
export interface DeviceSearch {
  code?: string;
}

export function deviceSearch({ code }: Record<string, unknown>): DeviceSearch {
  return typeof code === 'string' && code.length <= 20 ? { code } : {};
}

const half = 4;

/** Shows a code as applications do: capitals, in two halves. Whatever is no letter or digit is dropped. */
export function tidyCode(text: string): string {
  const signs = text
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .slice(0, 2 * half);
  return signs.length > half ? `${signs.slice(0, half)}-${signs.slice(half)}` : signs;
}

export function isWholeCode(text: string): boolean {
  return tidyCode(text).length === 2 * half + 1;
}
