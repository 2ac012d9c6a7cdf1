import { Ending, exitCodes } from './ending.ts'
import { createLog } from './log.ts'
import { type Options, readArguments, usage } from './read-arguments.ts'
import { runAtom } from './run-atom.ts'

const read = readArguments(process.argv.slice(2), process.env)
if (read.kind === 'help') {
  process.stdout.write(`${usage}\n`)
} else if (read.kind === 'refused') {
  const problems = read.problems.map((problem) => `  ${problem}`)
  process.stderr.write(
    ['The Atom cannot start like this:', ...problems, '', 'With --help it says what it takes.', ''].join(
      '\n',
    ),
  )
  process.exitCode = exitCodes.wrongArguments
} else {
  process.exitCode = exitCodes[await run(read.options)]
  // Whatever is still open, such as idle connections, keeps nobody waiting.
  process.exit()
}

async function run(options: Options) {
  const log = createLog(process.stdout, options)
  const stop = new AbortController()
  const end = () => stop.abort()
  // Told twice, as by a terminal and by whoever started it, it still ends in order.
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  if (options.stopsWithStdin) process.stdin.resume().once('end', end).once('error', end)
  if (options.url.startsWith('http:') && !/^https?:\/\/(localhost|127\.|\[::1\])/.test(options.url)) {
    log.event(
      'not-encrypted',
      'The connection is not encrypted: use an https address outside of this machine.',
    )
  }
  try {
    await runAtom(options, log, stop.signal)
    log.event('stopped', 'Stopped.')
    return 'stopped'
  } catch (error) {
    if (stop.signal.aborted) return 'stopped'
    if (error instanceof Ending) {
      log.event('ended', error.message, { reason: error.reason })
      return error.reason
    }
    log.event(
      'ended',
      `An unexpected error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    )
    return 'unexpected'
  }
}
