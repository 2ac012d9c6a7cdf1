import type { FastifyRequest } from 'fastify'

export type Media = 'json' | 'xml'

export const contentTypes: Record<Media, string> = {
  json: 'application/json; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
}

/** What the body is, by how it begins: clients announce JSON as anything from text/plain to a form. */
export function bodyMedia(request: FastifyRequest, text: string): Media | undefined {
  const begin = text.trimStart().charAt(0)
  if (begin === '<') return 'xml'
  const announced = mediaIn(request.headers['content-type'])
  if (begin === '') return announced
  return announced ?? 'json'
}

/** What the answer is to be: as `Accept` says; where that leaves it open, as the body was; without a body JSON. */
export function answerMedia(accept: string | undefined, body: Media | undefined): Media {
  const [best] = (accept ?? '')
    .split(',')
    .map((range, index) => ({ media: mediaIn(range), quality: qualityOf(range), index }))
    .filter(({ media, quality }) => media !== undefined && quality > 0)
    .sort((one, other) => other.quality - one.quality || one.index - other.index)
  return best?.media ?? body ?? 'json'
}

function mediaIn(range: string | undefined): Media | undefined {
  const type = range?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (/[/+]json$/.test(type)) return 'json'
  return /[/+]xml$/.test(type) ? 'xml' : undefined
}

function qualityOf(range: string): number {
  const given = /;\s*q=([\d.]+)/i.exec(range)?.[1]
  const quality = given === undefined ? 1 : Number(given)
  return Number.isNaN(quality) ? 1 : quality
}
