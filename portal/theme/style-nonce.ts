/** The nonce of this page's answer, without which the browser applies no style that the page makes itself. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// The library that locks scrolling behind a dialogue makes a style of its own and looks for the nonce here.
Object.assign(globalThis, { __webpack_nonce__: styleNonce });
