import { cleanup, createEvent, fireEvent, render, screen } from '@testing-library/react'
import { MemoryRouter, useLocation } from 'react-router'
import { afterEach, expect, test } from 'vitest'
import { SideLink, SideListItem, SideListItems } from './side-list.tsx'

afterEach(cleanup)

function Address() {
  const { pathname, search } = useLocation()
  return <output>{pathname + search}</output>
}

const show = (at: string) =>
  render(
    <MemoryRouter initialEntries={[at]}>
      <SideListItems revealBy="">
        {['/packs/1', '/packs/10?filter=a'].map((to) => (
          <SideListItem key={to}>
            <SideLink to={to} name={`Pack ${to}`} />
          </SideListItem>
        ))}
      </SideListItems>
      <Address />
    </MemoryRouter>,
  )
const [first, second] = [() => linkTo('/packs/1'), () => linkTo('/packs/10?filter=a')]
const linkTo = (to: string) => screen.getByRole('link', { name: `Pack ${to}` })
const address = () => screen.getByRole('status').textContent

test('the line of where one is, or of what lies below it, is the current one', () => {
  show('/packs/1')
  expect([first(), second()].map((link) => link.getAttribute('aria-current'))).toEqual(['page', null])
  cleanup()
  show('/packs/10/release')
  expect([first(), second()].map((link) => link.getAttribute('aria-current'))).toEqual([null, 'page'])
})

test('a click goes there without loading the page anew', () => {
  show('/packs/1')
  const click = createEvent.click(second(), { button: 0 })
  fireEvent(second(), click)
  expect(click.defaultPrevented).toBe(true)
  expect(address()).toBe('/packs/10?filter=a')
  expect(second().getAttribute('aria-current')).toBe('page')
})

test.each([{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }, { button: 1 }])(
  'a click with %o is the browser’s',
  (how) => {
    show('/packs/1')
    const click = createEvent.click(second(), how)
    let isTaken = true
    const hear = (event: MouseEvent) => {
      isTaken = event.defaultPrevented
      // There is no browser here that could follow it.
      event.preventDefault()
    }
    window.addEventListener('click', hear, { once: true })
    fireEvent(second(), click)
    expect([isTaken, address()]).toEqual([false, '/packs/1'])
  },
)
