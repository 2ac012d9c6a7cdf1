import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { theme } from './theme.ts'
import '@fontsource-variable/inter/wght.css'
import './mantine.css'
import 'virtual:theme-variables.css'
import './theme.css'

// The same key as in public/color-scheme.js.
const colorSchemeManager = localStorageColorSchemeManager({ key: 'packline-color-scheme' })

/** Mantine without any style element: its variables and global classes are in theme.css. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  )
}
