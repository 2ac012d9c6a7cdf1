import { listFiles, readSource } from './repository.ts'
import { barrels } from './structure/barrels.ts'
import { casts } from './structure/casts.ts'
import { clockReads } from './structure/clock-reads.ts'
import { dateFormatters } from './structure/date-formatters.ts'
import { featureImports } from './structure/feature-imports.ts'
import { fileLength } from './structure/file-length.ts'
import { fileNames } from './structure/file-names.ts'
import { fileRoles } from './structure/file-roles.ts'
import { interfaces } from './structure/interfaces.ts'
import { lookups } from './structure/lookups.ts'
import type { Rule } from './structure/rule.ts'
import { secondFront } from './structure/second-front.ts'
import { skippedTests } from './structure/skipped-tests.ts'
import { tableWriters } from './structure/table-writers.ts'
import { topLevel } from './structure/top-level.ts'

const rules: Rule[] = [
  topLevel,
  fileNames,
  fileRoles,
  fileLength,
  barrels,
  casts,
  interfaces,
  lookups,
  featureImports,
  secondFront,
  tableWriters,
  clockReads,
  dateFormatters,
  skippedTests,
]

/** Holds what neither the compiler nor the linter can say; true when nothing is wrong. */
export function checkStructure(): boolean {
  const files = listFiles().map(readSource)
  const problems = rules.flatMap((rule) => rule(files))
  for (const problem of problems) console.error(problem)
  if (problems.length === 0) console.log(`${files.length} files keep the structure.`)
  return problems.length === 0
}
