import type { Rule } from './rule.ts'

const kebabCase = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/
const shoutedDocument = /^[A-Z]+\.md$/
// Prisma names these itself: 20270301120000_first_release, migration_lock.toml.
const prismaMigrations = 'prisma/migrations/'
const vague = /^(utils?|helpers?|common|misc|types?|index)$/

/** Names are kebab-case and say what is inside. */
export const fileNames: Rule = (files) =>
  files.flatMap(({ path }) => (path.startsWith(prismaMigrations) ? [] : problemsOf(path)))

function problemsOf(path: string): string[] {
  return path.split('/').flatMap((name) => {
    if (shoutedDocument.test(name)) return []
    if (!kebabCase.test(name)) return [`${path}: “${name}” is not kebab-case.`]
    const [stem = ''] = name.split('.')
    if (vague.test(stem) && name !== 'index.html') {
      return [`${path}: “${stem}” says nothing. Name the file after what it decides, stores or shows.`]
    }
    return []
  })
}
