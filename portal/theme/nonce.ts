/**
 * The nonce that lets run-time styles past the content security policy.
 *
 * The server writes it into the page's `<meta property="csp-nonce">`. Mantine asks for it; the scroll lock of its
 * dialogues reads webpack's global name instead.
 */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

export function shareStyleNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
}
