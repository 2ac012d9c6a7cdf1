import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Problem } from '@packline/contract/problem.ts'

type ConnectionError = Error & { code?: string }

const brokenRequest = { status: 400, code: 'request-broken', message: 'This is no request that HTTP knows.' }
const reasons: Record<string, typeof brokenRequest> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers-too-large',
    message: 'The address and the headers are larger than 16 KB together. Send less.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request-too-slow',
    message: 'The request did not arrive in time. Send it again.',
  },
}

/** Answers what could not even be read as a request, in the one shape of problems, and ends the connection. */
export function answerBrokenRequest(error: ConnectionError, socket: Socket) {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const { status, code, message } = reasons[error.code ?? ''] ?? brokenRequest
  const problem: Problem = { code, message, requestId: randomUUID() }
  const body = JSON.stringify(problem)
  if (socket.writable) {
    socket.write(
      [
        `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
        `Content-Length: ${Buffer.byteLength(body)}`,
        'Content-Type: application/json; charset=utf-8',
        'Cache-Control: no-store',
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
    )
  }
  socket.destroy(error)
}
