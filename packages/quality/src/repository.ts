import { readdirSync, readFileSync } from 'node:fs'
import { join, matchesGlob, resolve } from 'node:path'

/** The folder everything else is relative to. */
export const root = resolve(import.meta.dirname, '../../..')

/** A file with its path from the root, written with forward slashes. */
export type SourceFile = { path: string; text: string }

/** Every file that belongs to the repository: what `.gitignore` names is passed over. */
export function listFiles(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (isIgnored(entry.name)) return []
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    return entry.isDirectory() ? listFiles(path) : [path]
  })
}

export function readSource(path: string): SourceFile {
  return { path, text: readFileSync(join(root, path), 'utf8') }
}

// Good for the plain names and `*.suffix` patterns that the root file keeps to; a tool's own cache is never in git.
const ignoredNames = readFileSync(join(root, '.gitignore'), 'utf8')
  .split('\n')
  .map((line) => line.trim().replace(/\/$/, ''))
  .filter((line) => line !== '' && !line.startsWith('#'))

function isIgnored(name: string): boolean {
  return name === '.git' || ignoredNames.some((pattern) => matchesGlob(name, pattern))
}
