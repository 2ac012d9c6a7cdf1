import { UnstyledButton } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import {
  createContext,
  type MouseEvent,
  type ReactNode,
  use,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useLocation, useNavigate } from 'react-router'
import classes from './side-list.module.css'
import { useIsSeen } from './use-is-seen.ts'

/** The list on the left and what is chosen in it on the right; one under the other on a narrow screen. */
export function SideBySide({ list, children }: { list: ReactNode; children: ReactNode }) {
  return (
    <div className={classes['columns']}>
      {list}
      <div className={classes['details']}>{children}</div>
    </div>
  )
}

type SideListProps = {
  /** Names the list for whoever listens to it. */
  label: string
  /** How much there is: "12 integration packs". */
  count: string
  children: ReactNode
}

/** Can be folded away to give the details the whole width. */
export function SideList({ label, count, children }: SideListProps) {
  const [isOpen, setOpen] = useState(true)
  const id = useId()
  const Icon = isOpen ? IconLayoutSidebarLeftCollapse : IconLayoutSidebarLeftExpand
  return (
    <nav className={classes['root']} aria-label={label} data-folded={!isOpen || undefined} data-no-print>
      <UnstyledButton
        className={classes['fold']}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon size={18} aria-hidden />
        <span className={classes['count']}>{count}</span>
      </UnstyledButton>
      <div id={id} hidden={!isOpen}>
        {children}
      </div>
    </nav>
  )
}

type SideListItemsProps = {
  /** Changes when something else is chosen or shown: the list then scrolls to what is chosen, and the page does not. */
  revealBy: string
  /** So many that they are laid out only as they scroll into view. */
  isLong?: boolean
  children: ReactNode
}

type Place = { pathname: string; follow: (event: MouseEvent<HTMLAnchorElement>) => void }

/** Where one is, and what a click on a line does: asked for once, because there may be a thousand lines. */
const PlaceContext = createContext<Place | undefined>(undefined)

export function SideListItems({ revealBy, isLong = false, children }: SideListItemsProps) {
  const list = useRef<HTMLUListElement>(null)
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const place = useMemo(
    () => ({
      pathname,
      follow: (event: MouseEvent<HTMLAnchorElement>) => {
        const { pathname: to, search, href } = event.currentTarget
        const isForBrowser = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
        if (event.button !== 0 || isForBrowser) return
        event.preventDefault()
        void navigate(to + search, { replace: href === window.location.href })
      },
    }),
    [pathname, navigate],
  )
  useEffect(() => {
    const chosen = list.current?.querySelector<HTMLElement>('[aria-current]')
    if (!list.current || !chosen) return
    const line = chosen.getBoundingClientRect()
    const box = list.current.getBoundingClientRect()
    const isOutside = line.top < box.top || line.bottom > box.bottom
    if (isOutside) list.current.scrollTop += line.top - box.top - box.height / 3
  }, [revealBy])
  return (
    <PlaceContext value={place}>
      <ul ref={list} className={classes['list']} data-long={isLong || undefined}>
        {children}
      </ul>
    </PlaceContext>
  )
}

type SideListRestProps = {
  /** So many lines are not drawn yet. */
  lines: number
  /** Says so this many lines before they come into view. */
  ahead: number
  onNear: () => void
}

/** What a line is taken to need until it is drawn, as in the stylesheet. */
const lineRem = 3.8

/** The room of the lines that follow once somebody scrolls or moves to them. */
export function SideListRest({ lines, ahead, onNear }: SideListRestProps) {
  const near = useRef<HTMLDivElement>(null)
  const isNear = useIsSeen(near)
  useEffect(() => {
    if (isNear) onNear()
  }, [isNear, onNear])
  return (
    <li className={classes['rest']} style={{ blockSize: `${lines * lineRem}rem` }} aria-hidden>
      <div ref={near} className={classes['near']} style={{ insetBlockStart: `${-ahead * lineRem}rem` }} />
    </li>
  )
}

/** One line of the list, with more lines that belong to it under it. */
export function SideListItem({ children }: { children: ReactNode }) {
  return <li className={classes['item']}>{children}</li>
}

/** Lines that belong to the line above. */
export function SideInner({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes['inner']} aria-label={label}>
      {children}
    </ul>
  )
}

type SideLinkProps = { to: string; name: string; children?: ReactNode; isInner?: boolean }

/**
 * A name to choose, with its state under it, or beside it where the line belongs to another one. Only among SideListItems,
 * without which the browser loads the page anew.
 */
export function SideLink({ to, name, children, isInner = false }: SideLinkProps) {
  const place = use(PlaceContext)
  const [path] = to.split('?')
  const isHere = place?.pathname === path || place?.pathname.startsWith(`${path}/`)
  return (
    <a
      href={to}
      className={classes['link']}
      aria-current={isHere ? 'page' : undefined}
      data-inner={isInner || undefined}
      onClick={place?.follow}
    >
      <span className={classes['name']}>{name}</span>
      {children}
    </a>
  )
}

/** What is said in a list without being a link. */
export function SideNote({ children }: { children: ReactNode }) {
  return <span className={classes['quiet']}>{children}</span>
}

/** What a filter found, told also to listeners. */
export function SideFound({ children }: { children: ReactNode }) {
  return (
    <p className={classes['found']} role="status">
      {children}
    </p>
  )
}
