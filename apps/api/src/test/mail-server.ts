import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { MailServerMessage, MailServerMood } from './mail-server-process.ts'
import { endWithTheFile } from './own-processes.ts'

const file = join(import.meta.dirname, 'mail-server-process.ts')

export type ReceivedMail = { raw: string; to: string[]; secure: boolean; user: string | null }

/** A mail server that runs as a process of its own until the tests of this file are done. */
export async function startMailServer(environment: Record<string, string> = {}) {
  const child = endWithTheFile(
    fork(file, { env: { PATH: process.env['PATH'], ...environment }, execArgv: [], silent: true }),
  )
  const received: ReceivedMail[] = []
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message: MailServerMessage) => {
      if (message.kind === 'listening') resolve(message.port)
      if (message.kind === 'received') received.push(message)
    })
    child.once('exit', (code) => reject(new Error(`The mail server ended with ${code}`)))
  })
  return {
    port,
    received,
    url: `smtp://127.0.0.1:${port}`,
    be: async (mood: MailServerMood) => {
      const heard = once(child, 'message')
      child.send(mood)
      await heard
    },
    stop: async () => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

export type MailServer = Awaited<ReturnType<typeof startMailServer>>

/** One header of a mail as it came, with its folded lines; undefined without it. */
export function headerOf({ raw }: ReceivedMail, name: string): string | undefined {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'))
  return new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(head)?.[1]?.replaceAll(/\r\n[ \t]/g, ' ')
}

/** What a reader sees of a mail's plain or HTML half. */
export function bodyOf({ raw }: ReceivedMail, type: 'text/plain' | 'text/html'): string {
  const parts = raw.split(/\r\n--[^\r\n]+\r\n/)
  const part = parts.find((one) => one.toLowerCase().startsWith(`content-type: ${type}`)) ?? raw
  const start = part.indexOf('\r\n\r\n')
  const body = part.slice(start + 4)
  if (/quoted-printable/i.test(part.slice(0, start))) {
    const bytes = body
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    return Buffer.from(bytes, 'latin1').toString('utf8')
  }
  return /base64/i.test(part.slice(0, start)) ? Buffer.from(body, 'base64').toString('utf8') : body
}
