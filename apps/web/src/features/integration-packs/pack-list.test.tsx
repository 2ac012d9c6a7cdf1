import type { PackListItem } from '@packline/contract/integration-packs.ts'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { MemoryRouter } from 'react-router'
import { afterEach, expect, test, vi } from 'vitest'
import { ThemeProvider } from '../../ui/theme-provider.tsx'
import { PackList } from './pack-list.tsx'

vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
afterEach(cleanup)

const packs = Array.from(
  { length: 120 },
  (_, place) => ({ id: `pack-${place}`, name: `Pack ${place}`, currentSequence: 1 }) as PackListItem,
)
const names = () => screen.getAllByRole('link').map((link) => link.textContent)

/** Stands for the browser, which tells what comes into view: here all that is watched, or nothing. */
function letBeSeen(isIntersecting: boolean) {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      readonly tell: (entries: { isIntersecting: boolean }[]) => void
      constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
        this.tell = tell
      }
      observe() {
        this.tell([{ isIntersecting }])
      }
      disconnect() {}
    },
  )
}

const show = (chosenId: string | undefined) =>
  render(
    <MemoryRouter>
      <ThemeProvider>
        <PackList packs={packs} chosenId={chosenId} />
      </ThemeProvider>
    </MemoryRouter>,
  )

test('a long list is drawn in its order as somebody comes near the rest, and filtered over all of it', async () => {
  letBeSeen(true)
  show(undefined)
  await waitFor(() => expect(names()).toHaveLength(120))
  expect(names().map((name) => name?.replace(/Release.*/, ''))).toEqual(packs.map(({ name }) => name))
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'pack 11' } })
  await waitFor(() => expect(names()).toHaveLength(11))
  expect(screen.getByText('11 of 120')).toBeDefined()
})

test('what nobody comes near waits, but for what is chosen and what a filter finds', async () => {
  letBeSeen(false)
  const { unmount } = show(undefined)
  expect(names()).toHaveLength(50)
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'pack 11' } })
  await waitFor(() => expect(names()).toHaveLength(11))
  unmount()

  show('pack-99')
  await waitFor(() => expect(names()).toHaveLength(100))
  expect(screen.getByRole('link', { name: /^Pack 99/ })).toBeDefined()
})

test('after a filter the rest is drawn as before when somebody comes near it', async () => {
  letBeSeen(false)
  show(undefined)
  const filter = screen.getByRole('searchbox')
  fireEvent.change(filter, { target: { value: 'pack 11' } })
  await waitFor(() => expect(names()).toHaveLength(11))
  letBeSeen(true)
  fireEvent.change(filter, { target: { value: '' } })
  await waitFor(() => expect(names()).toHaveLength(120))
})
