import { useSyncExternalStore } from 'react'
import { messageOf } from '../lib/problem-message.ts'
import { Banner, type BannerTone } from './banner.tsx'
import classes from './banner-shelf.module.css'
import { focusNear } from './focus-near.ts'
import { announce } from './live-region.tsx'

type ShelfBanner = {
  id: number
  tone: BannerTone
  text: string
  /** May be clicked once; the banner then goes. Rejects with an error that has a sentence as message. */
  action?: { label: string; run: () => Promise<void> }
}

let banners: readonly ShelfBanner[] = []
let lastId = 0
const listeners = new Set<() => void>()

function put(next: readonly ShelfBanner[]) {
  banners = next
  for (const listener of listeners) listener()
}

/**
 * Shows what was done above the page, also after going to another one, until it is dismissed. Undo belongs here.
 * Returns the way to take it away again, for when there is nothing left to undo.
 */
export function showBanner(banner: Omit<ShelfBanner, 'id' | 'tone'> & { tone?: BannerTone }): () => void {
  lastId++
  const shown: ShelfBanner = { tone: 'good', ...banner, id: lastId }
  put([shown, ...banners].slice(0, 3))
  announce(banner.text)
  return () => dismiss(shown.id)
}

export const clearBanners = () => put([])

const dismiss = (id: number) => put(banners.filter((banner) => banner.id !== id))

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

async function run({ id, action }: ShelfBanner) {
  dismiss(id)
  try {
    await action?.run()
  } catch (error) {
    showBanner({ tone: 'bad', text: messageOf(error) })
  }
}

/** The button clicked goes with its banner; the focus does not fall out of the page. */
function leave(act: () => void) {
  act()
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) focusNear(null)
  })
}

/** Stands once, in the shell. */
export function BannerShelf() {
  const shown = useSyncExternalStore(subscribe, () => banners)
  if (shown.length === 0) return null
  return (
    <section aria-label="Messages" className={classes['root']} data-no-print>
      {shown.map((banner) => (
        <Banner
          key={banner.id}
          tone={banner.tone}
          action={
            banner.action && { label: banner.action.label, onClick: () => leave(() => void run(banner)) }
          }
          onDismiss={() => leave(() => dismiss(banner.id))}
        >
          {banner.text}
        </Banner>
      ))}
    </section>
  )
}
