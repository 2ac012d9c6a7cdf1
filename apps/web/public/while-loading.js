// What is done while the app's own scripts are on their way.

// Sets the colour scheme before the first paint, so that a dark page does not flash white, and follows the system
// where no component library is loaded yet to do so.
;(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    let chosen = null
    try {
      chosen = localStorage.getItem('packline-color-scheme')
    } catch {
      // Storage is blocked: the system's scheme it is.
    }
    const system = dark.matches ? 'dark' : 'light'
    const scheme = chosen === 'light' || chosen === 'dark' ? chosen : system
    document.documentElement.setAttribute('data-mantine-color-scheme', scheme)
  }
  apply()
  dark.addEventListener('change', apply)
})()

// The browser reads what it knows about dates when the first one is written, which on a phone takes a tenth of the
// time the app takes to start. Read now, it is at hand then.
setTimeout(() => new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', hour: 'numeric' }).formatToParts())
