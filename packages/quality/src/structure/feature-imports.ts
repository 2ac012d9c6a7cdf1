import type { SourceFile } from '../repository.ts'
import { isCode, isTest, type Rule } from './rule.ts'
import { localImportsOf, placeOf } from './syntax.ts'

type Crossing = { from: string; to: string; fromPath: string; toPath: string; place: string }

const featureOf = (path: string) => /^apps\/(?:api|web)\/src\/features\/([^/]+)\//.exec(path)?.[1]
const isWeb = (path: string) => path.startsWith('apps/web/')
const isUseCaseOrJob = (path: string) => /\/[a-z0-9]+(-[a-z0-9]+)+\.ts$|\.job\.ts$/.test(path)

/** The part of the import table that needs both ends of an import: from one feature to another. */
export const featureImports: Rule = (files) => {
  const crossings = files.filter(({ path }) => isCode(path) && !isTest(path)).flatMap(crossingsOf)
  return [...crossings.flatMap(refused), ...bothWays(crossings)]
}

function crossingsOf(file: SourceFile): Crossing[] {
  const from = featureOf(file.path)
  if (!from) return []
  return localImportsOf(file).flatMap(({ path, node }) => {
    const to = featureOf(path)
    return to && to !== from
      ? [{ from, to, fromPath: file.path, toPath: path, place: placeOf(file, node) }]
      : []
  })
}

function refused({ fromPath, toPath, to, place }: Crossing): string[] {
  if (isWeb(fromPath)) {
    return [
      `${place}: imports the feature ${to}. Compose the two in routes.tsx, or move what both show to ui.`,
    ]
  }
  if (isUseCaseOrJob(fromPath) && toPath.endsWith('.store.ts')) return []
  return [
    `${place}: imports ${toPath}. Only a use case may reach into another feature, and only for its store; ` +
      'a rule that both need belongs to packages/domain.',
  ]
}

/** Two features whose use cases need each other's stores are one feature, or the dependency points the wrong way. */
function bothWays(crossings: Crossing[]): string[] {
  const next = (feature: string) => crossings.filter(({ from }) => from === feature).map(({ to }) => to)
  const reaches = (start: string, goal: string, seen = new Set<string>()): boolean =>
    next(start).some((feature) => {
      if (feature === goal) return true
      if (seen.has(feature)) return false
      return reaches(feature, goal, seen.add(feature))
    })
  return crossings
    .filter(({ fromPath, from, to }) => !isWeb(fromPath) && reaches(to, from))
    .map(
      ({ place, from, to }) =>
        `${place}: ${from} uses ${to}, which uses ${from}. Stores are used in one direction.`,
    )
}
