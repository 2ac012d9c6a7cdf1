import { isIdentifier, type UrlField } from '../../lib/use-url-state.ts'

/** What the dialog Browse Integration Packs shows: every pack, one of them, or nothing while it is closed. */
export type Browse = 'all' | { packId: string } | null

const browse: UrlField<Browse> = {
  initial: null,
  read: (value) =>
    value === 'all' ? 'all' : isIdentifier(value) ? { packId: value.toLowerCase() } : undefined,
  write: (value) => (value === null || value === 'all' ? 'all' : value.packId),
}

export const browseFields = { browse }
