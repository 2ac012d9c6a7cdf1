import type { Rule } from './rule.ts'

const known = new Set([
  'apps',
  'packages',
  'prisma',
  'e2e',
  'docs',
  '.ci',
  'README.md',
  'package.json',
  'pnpm-workspace.yaml',
  'pnpm-lock.yaml',
  'tsconfig.base.json',
  'tsconfig.json',
  'vitest.config.ts',
  'biome.json',
  'knip.json',
  '.oxlintrc.json',
  '.gitignore',
])

/** The root is the map of the repository and stays short. */
export const topLevel: Rule = (files) => {
  const entries = new Set(files.map(({ path }) => path.split('/')[0] ?? path))
  return [...entries]
    .filter((entry) => !known.has(entry))
    .map(
      (entry) =>
        `${entry}: not a known top-level entry. Put it into a package, docs or e2e, or add it to structure/top-level.ts.`,
    )
}
