import { Outlet, ScrollRestoration } from 'react-router'
import { BannerShelf } from '../ui/banner-shelf.tsx'
import { ThemeProvider } from '../ui/theme-provider.tsx'

export function Component() {
  return (
    <ThemeProvider>
      <main id="content">
        <BannerShelf />
        <Outlet />
        <ScrollRestoration />
      </main>
    </ThemeProvider>
  )
}
