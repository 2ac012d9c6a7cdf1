import { createHash } from 'node:crypto'
import { escapeHtml, oneLine } from '@packline/domain/text/mail-body.ts'
import { createTransport } from 'nodemailer'
import type { Env } from './env.ts'

export type OutgoingMail = {
  key: string
  to: { address: string; name: string }
  subject: string
  text: string
  html: string | null
}

/**
 * `refused`: the server will never take this mail. `delayed`: it may take it later; `isServerAway` when it takes none
 * at all now, whatever they are.
 */
export type SendOutcome =
  | { kind: 'sent' }
  | { kind: 'refused'; error: string }
  | { kind: 'delayed'; error: string; isServerAway: boolean }

export type MailTransport = { send: (mail: OutgoingMail) => Promise<SendOutcome>; close: () => void }

/** Shorter than the lease of a claimed mail, so that nobody else sends it meanwhile. */
const patienceMillis = 120_000

/** Sends mail through the configured server. Mail over a line that is not encrypted never carries the password. */
export function createMailTransport({ smtpUrl, from }: NonNullable<Env['mail']>): MailTransport {
  const { hostname, password } = new URL(smtpUrl)
  const isOnThisMachine = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    requireTLS: password !== '' && !isOnThisMachine,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async ({ key, to, subject, text, html }) => {
      const sending = transport.sendMail({
        from,
        to: { address: to.address, name: oneLine(to.name) },
        subject: oneLine(subject),
        text,
        ...(html !== null && { html: page(oneLine(subject), html) }),
        messageId: messageId(key, from.address),
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
      try {
        await inTime(sending)
        return { kind: 'sent' }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    close: () => transport.close(),
  }
}

/** The same for every attempt, so that servers and readers' programs see that it is the same mail. */
function messageId(key: string, sender: string): string {
  const name = createHash('sha256').update(key).digest('hex').slice(0, 40)
  return `<${name}@${sender.slice(sender.lastIndexOf('@') + 1)}>`
}

const page = (title: string, content: string) =>
  [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>`,
    '<body style="font-family: sans-serif; line-height: 1.5; max-width: 40em">',
    `<h1 style="font-size: 1.25em">${escapeHtml(title)}</h1>`,
    content,
    '</body>',
    '</html>',
  ].join('\n')

async function inTime(sending: Promise<unknown>): Promise<void> {
  // Whoever waits no longer still has to take the error.
  sending.catch(() => undefined)
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The mail server took too long.')), patienceMillis)
  })
  try {
    await Promise.race([sending, tooLong])
  } finally {
    clearTimeout(timer)
  }
}

/** What servers say to a recipient or a text is about this mail; anything else is about the server. */
const aboutThisMail = new Set(['RCPT TO', 'DATA'])

function outcomeOf(error: unknown): SendOutcome {
  const { message, responseCode, command } = error as Error & { responseCode?: number; command?: string } // as nodemailer writes them, each possibly absent
  const words = oneLine(message).slice(0, 500)
  if (responseCode === undefined || !aboutThisMail.has(command ?? '')) {
    return { kind: 'delayed', error: words, isServerAway: true }
  }
  return responseCode >= 500
    ? { kind: 'refused', error: words }
    : { kind: 'delayed', error: words, isServerAway: false }
}
