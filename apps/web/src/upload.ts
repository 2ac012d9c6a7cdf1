import type { EndpointName } from '@packline/contract/endpoints.ts'
import { endpoints } from '@packline/contract/endpoints.ts'
import { NetworkProblem, parseProblem } from './lib/api-problem.ts'
import { headersOf, type RequestOptions, urlOf } from './request.ts'

export type UploadOptions = RequestOptions & {
  file: Blob
  /** Called with the part sent so far, from 0 to 1. */
  onProgress?: ((part: number) => void) | undefined
}

/** What the server answered, and whether it added something (201) or already had the same (200). */
export type Uploaded<Result> = { result: Result; isNew: boolean }

/** Sends a file as the body of a request. fetch cannot report upload progress, XMLHttpRequest can. */
export function upload<Result>(name: EndpointName, options: UploadOptions): Promise<Uploaded<Result>> {
  const { file, onProgress, signal } = options
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open(endpoints[name].method, urlOf(name, options))
    for (const [header, value] of Object.entries(headersOf(options))) xhr.setRequestHeader(header, value)
    xhr.setRequestHeader('content-type', file.type || 'application/octet-stream')
    xhr.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress?.(total === 0 ? 1 : loaded / total),
    )
    xhr.addEventListener('load', () => {
      // The server's answers are checked against the contract there, before they are sent.
      if (xhr.status >= 200 && xhr.status < 300) {
        resolve({ result: JSON.parse(xhr.responseText) as Result, isNew: xhr.status === 201 })
      } else {
        reject(parseProblem(xhr.status, xhr.responseText, xhr.getResponseHeader('x-request-id')))
      }
    })
    xhr.addEventListener('error', () => reject(new NetworkProblem()))
    xhr.addEventListener('abort', () => reject(new DOMException('The upload was stopped.', 'AbortError')))
    signal?.addEventListener('abort', () => xhr.abort())
    xhr.send(file)
  })
}
