import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'

/** Asks in a terminal, showing nothing of what is typed; otherwise takes the first line of standard input. */
export async function askPassword(prompt: string): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).split(/\r?\n/, 1)[0] ?? ''
  process.stdout.write(prompt)
  // The terminal's line editing works as usual; what it would echo goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  const answer = await new Promise<string>((resolve) => {
    lines.once('line', resolve)
    lines.once('close', () => resolve(''))
  })
  lines.close()
  process.stdout.write('\n')
  return answer
}

/** 144 bits, typed in once and then kept by a password manager. */
export const generatePassword = () => randomBytes(18).toString('base64url')
