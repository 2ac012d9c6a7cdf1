import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { FormButton } from './form-button.tsx'

/** Deep indigo, the one accent. Shade 8 carries white text, shades 3 and 4 are read on dark. */
const indigo: MantineColorsTuple = [
  '#f1f2fc',
  '#e0e2f6',
  '#bfc4ed',
  '#a6ade8',
  '#949ce3',
  '#6971cf',
  '#535bc0',
  '#444cae',
  '#343c8c',
  '#2a3172',
]

/** A dialog's header element is not the banner of the page. */
const noBanner = { header: { role: 'presentation' } }

/** Greys with a trace of the accent: dark grounds match the page's own. */
const dark: MantineColorsTuple = [
  '#dcdee3',
  '#c3c6ce',
  '#a8abb3',
  '#7c808a',
  '#43474f',
  '#373a42',
  '#262930',
  '#191b20',
  '#15171b',
  '#101114',
]

/**
 * The mends of Mantine's measured faults that its own properties can express; the rest is in theme.css.
 * No style element may be written by script (the policy refuses it), so dialogs do not lock scrolling by
 * themselves (theme.css does) and responsive style props, Grid, SimpleGrid and AppShell are not used.
 */
export const theme = createTheme({
  primaryColor: 'indigo',
  colors: { indigo, dark },
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  respectReducedMotion: true,
  cursorType: 'pointer',
  defaultRadius: 'sm',
  fontFamily: "'Inter Variable', 'Inter Fallback', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  lineHeights: { sm: '1.5', md: '1.55' },
  headings: {
    fontWeight: '620',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.1875rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.5' },
    },
  },
  components: {
    Button: {
      defaultProps: { component: FormButton },
      // With reduced motion Mantine leaves the loader where its transition would take it from, beside the middle.
      styles: { loader: { transform: 'translate(-50%, -50%)' } },
    },
    Modal: {
      defaultProps: {
        centered: true,
        lockScroll: false,
        attributes: noBanner,
        closeButtonProps: { 'aria-label': 'Close' },
      },
      // Beside the first line of a title that takes several.
      styles: { header: { alignItems: 'flex-start' } },
    },
    Drawer: {
      defaultProps: { lockScroll: false, attributes: noBanner, closeButtonProps: { 'aria-label': 'Close' } },
    },
    // What floats belongs to the page's main part; the body itself is no landmark. The shell holds the element, or the page that has dialogs outside it.
    Portal: { defaultProps: { target: '#floating' } },
    // The placeholder that takes the first focus is no child that a menu may have.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Alert: { defaultProps: { closeButtonLabel: 'Dismiss' } },
    CloseButton: { defaultProps: { 'aria-label': 'Close' } },
    PasswordInput: { defaultProps: { visibilityToggleButtonProps: { 'aria-label': 'Show the password' } } },
    Radio: { defaultProps: { size: 'md' } },
    Tooltip: { defaultProps: { withArrow: true, events: { hover: true, focus: true, touch: true } } },
    Table: { defaultProps: { verticalSpacing: 8, horizontalSpacing: 12 } },
  },
})

/** Colours that must reach 4.5:1 on every ground they are used on; Mantine's defaults do not. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1b1e26',
    '--mantine-color-dimmed': '#5c636a',
    '--mantine-color-placeholder': '#686f77',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': 'var(--mantine-color-indigo-8)',
  },
  dark: {
    '--mantine-color-text': '#dcdee3',
    '--mantine-color-dimmed': '#a8a8a8',
    '--mantine-color-placeholder': '#9c9ea3',
    '--mantine-color-error': '#ff8f8f',
    '--mantine-color-anchor': 'var(--mantine-color-indigo-3)',
  },
})
