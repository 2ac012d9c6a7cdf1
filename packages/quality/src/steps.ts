import { addCounts, oneFailed, onePassed, type Counts } from './counts.ts'

export type Step = {
  name: string
  /** A step without which this one cannot run. */
  needs?: string
  run: () => Promise<Counts>
}

type Result = { name: string; counts: Counts; seconds: number }

/** A step that is one check, passed or failed. */
export function check(name: string, run: () => Promise<boolean>): Step {
  return { name, run: async () => ((await run()) ? onePassed : oneFailed) }
}

/** Runs all steps, also after one failed, and ends the process with the sum as the last line. */
export async function runSteps(steps: Step[]): Promise<never> {
  const results: Result[] = []
  for (const step of steps) {
    results.push(await runStep(step, results))
  }

  console.log(heading('summary'))
  for (const result of results) {
    console.log(`  ${describe(result)}`)
    for (const failure of result.counts.failures ?? [])
      console.log(`      ${failure.replaceAll('\n', '\n      ')}`)
  }
  const total = addCounts(results.map(({ counts }) => counts))
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  process.exit(total.failed === 0 ? 0 : 1)
}

async function runStep(step: Step, earlier: Result[]): Promise<Result> {
  console.log(heading(step.name))
  const start = performance.now()
  const counts = await countsOf(step, earlier)
  const result = { name: step.name, counts, seconds: (performance.now() - start) / 1000 }
  console.log(describe(result))
  return result
}

async function countsOf(step: Step, earlier: Result[]): Promise<Counts> {
  const needed = earlier.find(({ name }) => name === step.needs)
  if (needed && needed.counts.failed > 0) {
    console.error(`Not run, because “${needed.name}” failed.`)
    return oneFailed
  }
  try {
    return await step.run()
  } catch (error) {
    console.error(error)
    return { ...oneFailed, failures: [String(error)] }
  }
}

const heading = (name: string) => `\n── ${name} ${'─'.repeat(Math.max(0, 76 - name.length))}`

function describe({ name, counts: { passed, failed }, seconds }: Result): string {
  const verdict = failed === 0 ? '✓' : '✗'
  const share = passed + failed === 1 ? '' : `, ${passed} of ${passed + failed} good`
  return `${verdict} ${name} (${seconds.toFixed(1)} s${share})`
}
