/** The secret of a one-time link: in the fragment, which no server and no proxy is sent. */
export const tokenInAddress = (): string =>
  new URLSearchParams(window.location.hash.slice(1)).get('token') ?? ''
