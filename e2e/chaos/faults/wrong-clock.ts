import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '../product/temporary-folder.ts'
import { until } from '../product/until.ts'
import type { RowContext } from '../row.ts'

const hook = import.meta.resolve('./hooks/shifted-clock.ts')

/** One more instance, on a machine whose clock is wrong by so many hours and can be set. */
export async function startWithWrongClock(context: RowContext, hours: number) {
  const folder = await temporaryFolder(context, 'packline-clock-')
  const file = join(folder, 'shift')
  const write = (wrongBy: number) => writeFile(file, String(wrongBy * 3_600_000))
  await write(hours)
  const instance = context.stage.fleet.start({
    nodeArguments: ['--import', hook],
    environment: { CLOCK_SHIFT_FILE: file },
  })
  /** What the instance itself reads from its clock, in hours from ours. */
  const shown = () => {
    const said = [...instance.output.matchAll(/The clock shows (\S+)/g)].at(-1)?.[1]
    return said === undefined ? 0 : (Date.parse(said) - Date.now()) / 3_600_000
  }
  const isWrongBy = (wrongBy: number) =>
    until(async () => Math.abs(shown() - wrongBy) < 0.1, `the clock is wrong by ${wrongBy} hours`, 20)
  await instance.ready
  await isWrongBy(hours)
  return {
    instance,
    async jumpTo(wrongBy: number) {
      await write(wrongBy)
      // Not `child.kill`, after which it counts as killed.
      process.kill(instance.child.pid ?? 0, 'SIGUSR2')
      await isWrongBy(wrongBy)
    },
  }
}
