import { checkSteps, generateClient } from './check-steps.ts'
import { runSteps } from './steps.ts'

const wanted = process.argv.slice(2)
const names = checkSteps.map(({ name }) => name)
const unknown = wanted.find((name) => !names.includes(name))
if (unknown) {
  console.error(`There is no check “${unknown}”. There are: ${names.join(', ')}.`)
  process.exit(1)
}

const chosen = checkSteps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
await runSteps([generateClient, ...chosen])
