import { Button } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { ThemeProvider } from './theme-provider.tsx'

vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
afterEach(cleanup)

const onSubmit = vi.fn((event: { preventDefault: () => void }) => event.preventDefault())
const onHelp = vi.fn()
const form = (isSaving: boolean) => (
  <ThemeProvider>
    <form onSubmit={onSubmit}>
      <Button onClick={onHelp}>Help</Button>
      <Button type="submit" loading={isSaving}>
        Save
      </Button>
    </form>
  </ThemeProvider>
)

test('a button keeps the focus while it is loading, and does nothing meanwhile', () => {
  const { rerender } = render(form(false))
  const save = screen.getByRole('button', { name: 'Save' })
  save.focus()
  fireEvent.click(save)
  expect(onSubmit).toHaveBeenCalledTimes(1)

  rerender(form(true))
  expect(screen.getByRole('button', { name: 'Save' })).toBe(save)
  expect(document.activeElement).toBe(save)
  expect(save.hasAttribute('disabled')).toBe(false)
  expect(save.getAttribute('aria-disabled')).toBe('true')
  expect(save.getAttribute('aria-busy')).toBe('true')
  fireEvent.click(save)
  expect(onSubmit).toHaveBeenCalledTimes(1)

  rerender(form(false))
  expect(save.hasAttribute('aria-disabled')).toBe(false)
  fireEvent.click(save)
  expect(onSubmit).toHaveBeenCalledTimes(2)
})

test('only the button that says so submits the form it is in', () => {
  onSubmit.mockClear()
  render(form(false))
  fireEvent.click(screen.getByRole('button', { name: 'Help' }))
  expect(onHelp).toHaveBeenCalledTimes(1)
  expect(onSubmit).not.toHaveBeenCalled()
})
