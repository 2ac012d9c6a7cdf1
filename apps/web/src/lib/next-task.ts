/** Resolves when the browser has had the chance to answer whoever clicked or typed meanwhile. */
export const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve))
