import { SMTPServer } from 'smtp-server'

/** What the server does to the mails that follow. */
export type MailServerMood =
  | 'takes-all'
  /** 421 to whoever connects. */
  | 'closed'
  /** Ends the connection in the middle of the text. */
  | 'drops'
  /** Takes the mail and ends before it says so. */
  | 'drops-after'
  /** Takes its time before it says yes. */
  | 'slow'
  /** 451 to the first attempt of each mail. */
  | 'busy-first'
  /** 550 to the recipient. */
  | 'unknown-recipient'
  /** 554 to the text. */
  | 'refuses-text'
  /** 530 to the sender. */
  | 'refuses-sender'

export type MailServerMessage =
  | { kind: 'listening'; port: number }
  | { kind: 'received'; raw: string; to: string[]; secure: boolean; user: string | null }

/** A real mail server, as a process of its own: told what to do and telling what it got by messages. */
let mood: MailServerMood = 'takes-all'
process.on('message', (next: MailServerMood) => {
  mood = next
  if (mood === 'closed') for (const connection of server.connections) connection.close()
  process.send?.({ kind: 'mood' })
})
const tell = (message: MailServerMessage) => process.send?.(message)
const seen = new Set<string>()
const refusal = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })

const server = new SMTPServer({
  authOptional: process.env['NEEDS_PASSWORD'] !== 'yes',
  ...(process.env['STARTTLS'] === 'no' && { disabledCommands: ['STARTTLS'] }),
  closeTimeout: 100,
  onConnect: (_session, done) => done(mood === 'closed' ? refusal(421, 'Come back later') : null),
  onAuth: ({ username, password }, _session, done) =>
    password === 'secret' ? done(null, { user: username }) : done(refusal(535, 'Wrong password')),
  onMailFrom: (_address, _session, done) =>
    done(mood === 'refuses-sender' ? refusal(530, 'Sender not allowed') : null),
  onRcptTo: (_address, _session, done) =>
    done(mood === 'unknown-recipient' ? refusal(550, 'No such mailbox') : null),
  onData: (stream, session, done) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      if (mood === 'drops') for (const connection of server.connections) connection.close()
    })
    stream.on('end', () => {
      if (mood === 'drops') return
      const raw = Buffer.concat(chunks).toString('utf8')
      const id = /^Message-ID: (\S+)/im.exec(raw)?.[1] ?? ''
      const isFirst = !seen.has(id)
      seen.add(id)
      if (mood === 'busy-first' && isFirst) return done(refusal(451, 'Try again in a minute'))
      if (mood === 'refuses-text') return done(refusal(554, 'No such words'))
      tell({
        kind: 'received',
        raw,
        to: session.envelope.rcptTo.map(({ address }) => address),
        secure: session.secure,
        user: typeof session.user === 'string' ? session.user : null,
      })
      if (mood === 'drops-after') {
        for (const connection of server.connections) connection.close()
        return undefined
      }
      if (mood === 'slow') return void setTimeout(done, 1_500)
      return done()
    })
  },
})
// Clients that break off are what some tests are about.
server.on('error', () => undefined)
const listening = server.listen(0, '127.0.0.1', () => {
  const address = listening.address()
  if (address && typeof address === 'object') tell({ kind: 'listening', port: address.port })
})
process.on('disconnect', () => process.exit(0))
