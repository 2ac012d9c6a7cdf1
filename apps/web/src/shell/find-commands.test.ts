import { expect, test } from 'vitest'
import { findCommands } from './find-commands.ts'

const commands = [
  { kind: 'Build', label: 'Components' },
  { kind: 'Deploy', label: 'Packaged Components' },
  { kind: 'Integration Pack', label: 'Orders to ERP' },
  { kind: 'Integration Pack', label: 'Invoices 2.0' },
]
const labels = (typed: string) => findCommands(commands, typed).map(({ label }) => label)

test.each([
  ['', ['Components', 'Packaged Components', 'Orders to ERP', 'Invoices 2.0']],
  ['comp', ['Components', 'Packaged Components']],
  ['pack inv', ['Invoices 2.0']],
  ['ERP', ['Orders to ERP']],
  ['2.0', ['Invoices 2.0']],
  ['ponents', []],
])('“%s” finds %j', (typed, found) => {
  expect(labels(typed)).toEqual(found)
})
