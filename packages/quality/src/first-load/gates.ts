import type { weighScreens } from './weigh-screens.ts'

/** In bytes after compression; a kilobyte is a thousand of them. */
export const gates = { scripts: 200_000, signInScripts: 130_000, styles: 40_000, laterScript: 60_000 }

export const inKilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(1)} KB`

/** What is too heavy, in sentences. */
export function exceedGates({ screens, later }: ReturnType<typeof weighScreens>, styles: number): string[] {
  const tooMuch = (what: string, bytes: number, allowed: number) =>
    bytes > allowed ? [`${what} ${inKilobytes(bytes)}; ${inKilobytes(allowed)} are allowed.`] : []
  return [
    ...screens.flatMap(({ name, scripts }) =>
      tooMuch(
        `The page ${name} loads scripts of`,
        scripts,
        name === 'signIn' ? gates.signInScripts : gates.scripts,
      ),
    ),
    ...tooMuch('Every page loads styles of', styles, gates.styles),
    ...later.flatMap(({ fileName, bytes }) => tooMuch(`${fileName} has`, bytes, gates.laterScript)),
  ]
}
