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

test('a long list is drawn whole, in its order, and filtered over all of it', async () => {
  render(
    <MemoryRouter>
      <ThemeProvider>
        <PackList packs={packs} chosenId="pack-119" />
      </ThemeProvider>
    </MemoryRouter>,
  )
  await waitFor(() => expect(names()).toHaveLength(120))
  expect(names().map((name) => name?.replace(/Release.*/, ''))).toEqual(packs.map(({ name }) => name))
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'pack 11' } })
  await waitFor(() => expect(names()).toHaveLength(11))
  expect(screen.getByText('11 of 120')).toBeDefined()
})
