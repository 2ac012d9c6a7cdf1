import { flag, identifier, isIdentifier, maybeOneOf, oneOf, type UrlField } from '../../lib/use-url-state.ts'

/** The versions somebody chose instead of the preselected ones: package by component. */
export type ChosenVersions = ReadonlyMap<string, string>

export const noVersions: ChosenVersions = new Map()

/** `component.package_component.package`: characters that need no escaping, so that a hundred fit into an address. */
const chosenVersions = (): UrlField<ChosenVersions> => ({
  initial: noVersions,
  read: (text) => {
    const pairs = text.split('_').map((pair) => pair.split('.'))
    const isSound = pairs.every((pair) => pair.length === 2 && pair.every(isIdentifier))
    return isSound ? new Map(pairs.map(([component = '', one = '']) => [component, one])) : undefined
  },
  write: (versions) => [...versions].map((pair) => pair.join('.')).join('_'),
})

/** Text in the shape of a calendar date. Whether it can be a release date is the server's business. */
const calendarDate = (): UrlField<string | null> => ({
  initial: null,
  read: (text) => (/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text) ? text : undefined),
  write: (date) => date ?? '',
})

/** The draft of a release as it stands in the address: reload, Back and a shared link restore it. */
export const wizardFields = {
  step: oneOf(['versions', 'schedule', 'done'], 'versions'),
  versions: chosenVersions(),
  changed: flag(),
  option: maybeOneOf(['immediately', 'on-date']),
  date: calendarDate(),
  rollBackTo: identifier(),
  replaces: identifier(),
  release: identifier(),
}

export type ReleaseOptionInUrl = 'immediately' | 'on-date'
