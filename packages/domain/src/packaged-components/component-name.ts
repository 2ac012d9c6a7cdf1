import { cleanLine, countCharacters } from '../text/clean-text.ts'

export const componentNameLimit = 255
export const folderLimit = 255

export type ComponentNameRefusal = 'name-empty' | 'name-too-long'
export type ComponentNameCheck =
  | { kind: 'ok'; name: string }
  | { kind: 'refused'; reason: ComponentNameRefusal }

/** A component's name as it is stored: trimmed, 1 to 255 characters. Several components may have the same name. */
export function checkComponentName(text: string): ComponentNameCheck {
  const name = cleanLine(text)
  if (name === '') return { kind: 'refused', reason: 'name-empty' }
  if (countCharacters(name) > componentNameLimit) return { kind: 'refused', reason: 'name-too-long' }
  return { kind: 'ok', name }
}

export type FolderCheck = { kind: 'ok'; folder: string } | { kind: 'refused'; reason: 'folder-too-long' }

/** A folder as it is stored: its parts trimmed and joined by single slashes, `Orders/ERP`; empty for the top. */
export function checkFolder(text: string): FolderCheck {
  const folder = cleanLine(text)
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('/')
  return countCharacters(folder) > folderLimit
    ? { kind: 'refused', reason: 'folder-too-long' }
    : { kind: 'ok', folder }
}
