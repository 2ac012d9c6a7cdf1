import type { ChildProcess } from 'node:child_process'

const running = new Set<ChildProcess>()

/** Whatever a measurement has started ends with it, also when that is interrupted. */
export function endWithUs<Child extends ChildProcess>(child: Child): Child {
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
