import type { SourceFile } from '../repository.ts'

/** A structure rule: looks at all files and says in whole sentences what to change, one per problem. */
export type Rule = (files: SourceFile[]) => string[]

/** Tests and what only tests use. */
export const isTest = (path: string) => /\.(test|spec)\.tsx?$|\/src\/test\//.test(path)

export const isCode = (path: string) => /\.tsx?$/.test(path)
