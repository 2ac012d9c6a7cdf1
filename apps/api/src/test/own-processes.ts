import type { ChildProcess } from 'node:child_process'

const running = new Set<ChildProcess>()

/** What a test file has started and not stopped ends with it. */
export function endWithTheFile<Child extends ChildProcess>(child: Child): Child {
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

export function endOwnProcesses() {
  for (const child of running) child.kill('SIGKILL')
}
