import { Readable } from 'node:stream'
import type { Database } from '@packline/database/client.ts'
import { endingOf } from '@packline/domain/packaged-components/media-ending.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type ByteRange, byteRange } from './byte-range.ts'
import { RequestRefused } from './problems.ts'

export type SentContent = {
  contentId: string
  sha256: string
  size: number
  mediaType: string
  /** Without its ending, which the media type decides. */
  fileName: string
}

/**
 * Sends stored bytes as a file to save, never to show: chunk by chunk, so that memory stays flat. A broken download can
 * be continued, and a copy that is still right is not sent again.
 */
export function sendContent(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  content: SentContent,
) {
  const { contentId, sha256, size, mediaType } = content
  const etag = `"${sha256}"`
  void reply.headers({ etag, 'cache-control': 'private, no-cache', 'accept-ranges': 'bytes' })
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (known?.includes(etag)) return reply.code(304).send()

  // A range of something that has changed since would be glued to the wrong beginning.
  const ifRange = request.headers['if-range']
  const range = ifRange === undefined || ifRange === etag ? byteRange(request.headers.range, size) : 'whole'
  if (range === 'outside') {
    void reply.header('content-range', `bytes */${size}`)
    throw new RequestRefused({
      status: 416,
      code: 'range-outside',
      message: `The file has ${size} bytes; the range asked for lies outside.`,
    })
  }

  const part = range === 'whole' ? { first: 0, last: size - 1 } : range
  if (range !== 'whole') {
    void reply.code(206).header('content-range', `bytes ${range.first}-${range.last}/${size}`)
  }
  return reply
    .headers({
      'content-type': mediaType,
      'content-length': part.last - part.first + 1,
      'content-disposition': attachmentNamed(`${content.fileName}${endingOf(mediaType)}`),
      'x-content-type-options': 'nosniff',
    })
    .send(Readable.from(readBytes(db, contentId, part), { objectMode: false }))
}

const chunkPlace = z.tuple([z.object({ position: z.number(), start: z.number() })])
const chunk = z.tuple([z.object({ bytes: z.instanceof(Uint8Array) })])

async function* readBytes(db: Database, contentId: string, { first, last }: ByteRange) {
  const [place] = chunkPlace.parse(
    await db.$queryRaw`
      select position, start::int from (
        select position, sum(length(bytes)) over (order by position) - length(bytes) as start
        from "ContentChunk" where "contentId" = ${contentId}::uuid) c
      where start <= ${first} order by position desc limit 1`,
  )
  let { position, start } = place
  for (; start <= last; position++) {
    const [{ bytes }] = chunk.parse(
      await db.$queryRaw`
        select bytes from "ContentChunk" where "contentId" = ${contentId}::uuid and position = ${position}`,
    )
    yield bytes.subarray(Math.max(first - start, 0), last - start + 1)
    start += bytes.byteLength
  }
}

/** The header for a file with this name, in plain letters for old clients and whole for all others (RFC 6266). */
export function attachmentNamed(name: string): string {
  const safe = name.replaceAll(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, '-').replace(/^[.\s]+/, '')
  const plain = safe.normalize('NFKD').replaceAll(/[^\x20-\x7e]/g, '')
  const whole = encodeURIComponent(safe).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}
