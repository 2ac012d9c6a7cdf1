import {
  localStorageColorSchemeManager,
  MantineContext,
  MantineThemeProvider,
  useProviderColorScheme,
} from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { theme } from './theme.ts'

// The same key as in public/while-loading.js.
const manager = localStorageColorSchemeManager({ key: 'packline-color-scheme' })
const getRootElement = () => document.documentElement

/**
 * Mantine's provider without the part that writes style elements and generates variables while the page runs: ours
 * are in the stylesheet (theme-css.ts). The policy refuses style elements, and the first load is 4 KB smaller.
 */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const scheme = useProviderColorScheme({
    defaultColorScheme: 'auto',
    manager,
    getRootElement,
    forceColorScheme: undefined,
  })
  const { colorScheme, setColorScheme, clearColorScheme } = scheme
  const context = useMemo(
    () => ({
      colorScheme,
      setColorScheme,
      clearColorScheme,
      getRootElement,
      classNamesPrefix: 'mantine',
      cssVariablesSelector: ':root',
      withStaticClasses: true,
    }),
    [colorScheme, setColorScheme, clearColorScheme],
  )
  return (
    <MantineContext value={context}>
      <MantineThemeProvider theme={theme}>{children}</MantineThemeProvider>
    </MantineContext>
  )
}
