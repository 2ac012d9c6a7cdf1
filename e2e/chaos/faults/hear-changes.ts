import { changeHint, type ChangeHint } from '@packline/contract/changes.ts'
import type { Caller } from '../product/caller.ts'
import type { Instance } from '../product/instances.ts'

/** As a screen that is open: hears of changes from one instance until it is ended. */
export async function hearChanges(
  { cookie }: Caller,
  { address }: Pick<Instance, 'address'>,
  onHint: (hint: ChangeHint) => void,
): Promise<{ end: () => void }> {
  const ending = new AbortController()
  const response = await fetch(`${address}/api/v1/events`, {
    headers: { accept: 'text/event-stream', 'x-packline-request': '1', cookie },
    signal: ending.signal,
  })
  if (!response.ok || !response.body) throw new Error(`Nothing is told of changes: ${response.status}`)
  const read = async (lines: AsyncIterable<string>) => {
    let rest = ''
    for await (const text of lines) {
      const whole = (rest + text).split('\n')
      rest = whole.pop() ?? ''
      for (const line of whole) {
        if (line.startsWith('data: ')) onHint(changeHint.parse(JSON.parse(line.slice('data: '.length))))
      }
    }
  }
  // Ends with the instance or with the one who hears.
  read(response.body.pipeThrough(new TextDecoderStream())).catch(() => undefined)
  return { end: () => ending.abort() }
}
