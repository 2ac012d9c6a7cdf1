import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { attachmentNamed } from './send-content.ts'

/** Sends the lines of a CSV file as they come. The first are read before the head is sent: a failure can still be told. */
export async function sendCsv(
  reply: FastifyReply,
  fileName: string,
  lines: AsyncGenerator<string, void, void>,
) {
  const first = await lines.next()
  return reply
    .headers({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': attachmentNamed(fileName),
    })
    .send(Readable.from(startingWith(first, lines), { objectMode: false }))
}

async function* startingWith<Value>(first: IteratorResult<Value, void>, rest: AsyncGenerator<Value, void>) {
  if (first.done === true) return
  yield first.value
  yield* rest
}
