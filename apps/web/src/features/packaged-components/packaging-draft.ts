import type { CreatePackagesBody } from '@packline/contract/packaged-components.ts'

/** What was entered for one component. Empty text asks for the next version, and for the notes for all. */
export type DraftEntry = { version: string; notes: string; shareable: boolean }

export type PackagingDraft = { notesForAll: string; entries: Readonly<Record<string, DraftEntry>> }

export type DraftEvent =
  | { kind: 'entry-changed'; componentId: string; change: Partial<DraftEntry> }
  | { kind: 'notes-for-all-changed'; notes: string }
  | { kind: 'sharing-allowed'; componentIds: readonly string[] }
  | { kind: 'sent' }

export const emptyDraft: PackagingDraft = { notesForAll: '', entries: {} }
// Sharing is off unless it is switched on.
const emptyEntry: DraftEntry = { version: '', notes: '', shareable: false }

export const entryOf = ({ entries }: PackagingDraft, componentId: string): DraftEntry =>
  entries[componentId] ?? emptyEntry

/** The draft after something was entered. */
export function nextDraft(draft: PackagingDraft, event: DraftEvent): PackagingDraft {
  switch (event.kind) {
    case 'entry-changed':
      return withEntries(draft, [event.componentId], event.change)
    case 'sharing-allowed':
      return withEntries(draft, event.componentIds, { shareable: true })
    case 'notes-for-all-changed':
      return { ...draft, notesForAll: event.notes }
    case 'sent':
      return emptyDraft
  }
}

const withEntries = (
  draft: PackagingDraft,
  componentIds: readonly string[],
  change: Partial<DraftEntry>,
): PackagingDraft => ({
  ...draft,
  entries: {
    ...draft.entries,
    ...Object.fromEntries(componentIds.map((id) => [id, { ...entryOf(draft, id), ...change }])),
  },
})

/** What is sent for these components, in their order. */
export function bodyOf(draft: PackagingDraft, componentIds: readonly string[]): CreatePackagesBody {
  return {
    items: componentIds.map((componentId) => {
      const { version, notes, shareable } = entryOf(draft, componentId)
      return { componentId, version, notes: notes.trim() === '' ? draft.notesForAll : notes, shareable }
    }),
  }
}

export type EntryField = keyof DraftEntry | 'componentId'
export type EntryErrors = Partial<Record<EntryField, string>>

/** The refused fields by component. Their paths are like `items.3.version`. */
export function errorsByComponent(
  fields: readonly { path: string; message: string }[],
  componentIds: readonly string[],
): Map<string, EntryErrors> {
  const errors = new Map<string, EntryErrors>()
  for (const { path, message } of fields) {
    const [, index, name] = /^items\.(\d+)\.?(\w*)$/.exec(path) ?? []
    const componentId = index === undefined ? undefined : componentIds[Number(index)]
    if (componentId === undefined) continue
    const field = entryFields.find((known) => known === name) ?? 'componentId'
    errors.set(componentId, { ...errors.get(componentId), [field]: message })
  }
  return errors
}

const entryFields: readonly EntryField[] = ['version', 'notes', 'shareable', 'componentId']

/** A draft as it was kept over a reload; anything unreadable is as good as nothing. */
export function readPackagingDraft(kept: unknown): PackagingDraft {
  if (!isRecord(kept) || !isRecord(kept['entries'])) return emptyDraft
  const entries = Object.entries(kept['entries']).flatMap(([componentId, entry]) =>
    isRecord(entry) ? [[componentId, readEntry(entry)] as const] : [],
  )
  return { notesForAll: textOf(kept['notesForAll']), entries: Object.fromEntries(entries) }
}

const readEntry = (entry: Record<string, unknown>): DraftEntry => ({
  version: textOf(entry['version']),
  notes: textOf(entry['notes']),
  shareable: entry['shareable'] === true,
})

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
