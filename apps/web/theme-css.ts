import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from '@mantine/core'
import type { Plugin } from 'vite'
import { cssVariables, theme } from './src/ui/theme.ts'

/**
 * Writes the theme's variables into the stylesheet at build time. Mantine would otherwise write a style element
 * when the page starts, which the content security policy refuses.
 */
export function themeCss(): Plugin {
  const id = 'virtual:theme-variables.css'
  return {
    name: 'theme-css',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (source) => (source === `\0${id}` ? themeVariables() : undefined),
  }
}

function themeVariables(): string {
  const full = mergeMantineTheme(DEFAULT_THEME, theme)
  const base = defaultCssVariablesResolver(full)
  const usual = defaultCssVariablesResolver(DEFAULT_THEME)
  const own = cssVariables(full)
  const usualOf = (kind: 'variables' | 'light' | 'dark'): Record<string, string> => usual[kind]
  const changed = (kind: 'variables' | 'light' | 'dark') => ({
    ...Object.fromEntries(
      Object.entries(base[kind]).filter(([name, value]) => usualOf(kind)[name] !== value),
    ),
    ...own[kind],
  })
  return convertCssVariables({
    variables: changed('variables'),
    light: { '--mantine-color-scheme': 'light', ...changed('light') },
    dark: { '--mantine-color-scheme': 'dark', ...changed('dark') },
  })
}
