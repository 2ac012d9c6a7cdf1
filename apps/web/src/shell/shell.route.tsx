import { Outlet, ScrollRestoration } from 'react-router'
import { BannerShelf } from '../ui/banner-shelf.tsx'

export function Component() {
  return (
    <main id="content">
      <BannerShelf />
      <Outlet />
      <ScrollRestoration />
    </main>
  )
}
