import { startTransition, useCallback, useEffect, useMemo, useOptimistic, useRef } from 'react'
import { useNavigate, useSearchParams } from 'react-router'

/** How one value is written in the address: text to value and back; `undefined` means "not a value of this kind". */
export type UrlField<Value> = {
  initial: Value
  read: (text: string) => Value | undefined
  // Written as a method, so that fields of all kinds fit into one record.
  write(value: Value): string
}
type UrlFields = Record<string, UrlField<unknown>>
export type UrlStateOf<Fields> = {
  [Key in keyof Fields]: Fields[Key] extends UrlField<infer Value> ? Value : never
}

export const text = (initial = ''): UrlField<string> => ({
  initial,
  read: (value) => value,
  write: (value) => value,
})

export const oneOf = <const Option extends string>(
  options: readonly Option[],
  initial: Option,
): UrlField<Option> => ({
  initial,
  read: (value) => options.find((option) => option === value),
  write: (value) => value,
})

/** One of the options, or nothing chosen. */
export const maybeOneOf = <const Option extends string>(
  options: readonly Option[],
): UrlField<Option | null> => ({
  initial: null,
  read: (value) => options.find((option) => option === value),
  write: (value) => value ?? '',
})

export const wholeNumber = (initial = 1, least = 1): UrlField<number> => ({
  initial,
  read: (value) => (/^\d{1,9}$/.test(value) && Number(value) >= least ? Number(value) : undefined),
  write: String,
})

export const flag = (initial = false): UrlField<boolean> => ({
  initial,
  read: (value) => (value === 'true' ? true : value === 'false' ? false : undefined),
  write: String,
})

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
export const isIdentifier = (value: string) => uuid.test(value)

/** The id of something, or none. */
export const identifier = (): UrlField<string | null> => ({
  initial: null,
  read: (value) => (isIdentifier(value) ? value.toLowerCase() : undefined),
  write: (value) => value ?? '',
})

/** Reads the fields out of an address. `refused` names those whose text was no value of their kind. */
export function readUrlState<Fields extends UrlFields>(
  fields: Fields,
  search: URLSearchParams,
): { state: UrlStateOf<Fields>; refused: string[] } {
  const refused: string[] = []
  const entries = Object.entries(fields).map(([name, field]) => {
    const value = search.get(name)
    const read = value === null ? field.initial : field.read(value)
    if (read === undefined) refused.push(name)
    return [name, read ?? field.initial]
  })
  return { state: Object.fromEntries(entries) as UrlStateOf<Fields>, refused } // built from the same keys
}

/**
 * Writes changed fields into an address; initial values are left out and other parameters stay. A change of
 * anything but the page goes back to the first page.
 */
export function writeUrlState<Fields extends UrlFields>(
  fields: Fields,
  search: URLSearchParams,
  change: Partial<UrlStateOf<Fields>>,
): URLSearchParams {
  const next = new URLSearchParams(search)
  if ('page' in fields && !('page' in change)) next.delete('page')
  for (const [name, value] of Object.entries(change)) {
    const field = fields[name]
    if (!field) continue
    if (value === field.initial || value === null) next.delete(name)
    else next.set(name, field.write(value))
  }
  return next
}

type SetOptions = { push?: boolean }

/**
 * State of a table or filter that lives in the address, so that reload, Back and a shared link restore it. A change
 * shows at once, before the router is there: a check box must not jump back, and the next click must build on it.
 */
export function useUrlState<Fields extends UrlFields>(fields: Fields) {
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const [shown, showAhead] = useOptimistic(search)
  const latest = useRef(shown)
  useEffect(() => {
    latest.current = shown
  }, [shown])

  const { state, refused } = useMemo(() => readUrlState(fields, shown), [fields, shown])
  const set = useCallback(
    (change: Partial<UrlStateOf<Fields>>, { push = false }: SetOptions = {}) => {
      const next = writeUrlState(fields, latest.current, change)
      latest.current = next
      startTransition(async () => {
        showAhead(next)
        await navigate({ search: next.toString() }, { replace: !push, preventScrollReset: true })
      })
    },
    [fields, navigate, showAhead],
  )
  return [state, set, refused] as const
}
