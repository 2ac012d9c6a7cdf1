import ts from 'typescript'

import { isCode, type Rule } from './rule.ts'
import { parse } from './syntax.ts'

/** A file that only passes on others' exports hides where things live, and pulls all of them in. */
export const barrels: Rule = (files) =>
  files
    .filter(({ path }) => isCode(path))
    .filter((file) => parse(file).statements.some(isPassedOn))
    .map(({ path }) => `${path}: passes on exports of another file. Import them from where they are written.`)

const isPassedOn = (statement: ts.Statement) =>
  ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined
