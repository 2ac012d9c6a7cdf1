import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Tx } from '../client.ts'
import { publisherId } from './demo-accounts.ts'
import type { AuditedEvent } from './demo-audit.ts'
import { toDate } from './demo-calendar.ts'
import { demoId } from './demo-id.ts'
import type { DemoCatalogue, DemoPackage } from './package-components.ts'

const contents = join(import.meta.dirname, 'contents')
const mediaTypes: Record<string, string> = { '.xml': 'application/xml', '.json': 'application/json' }

/** How long before its packaging a revision was uploaded, and a component created. */
const uploadedBefore = { minutes: 12 }
const createdBefore = { minutes: 30 }

type Upload = { one: DemoPackage; bytes: Buffer<ArrayBuffer>; sha256: string; at: Temporal.Instant }

/** The contents of all packages, read before anything is written. */
export function readContents({ packages }: DemoCatalogue): Promise<Upload[]> {
  return Promise.all(
    packages.map(async (one) => {
      const bytes = await readFile(join(contents, one.file))
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return { one, bytes, sha256, at: one.createdAt.subtract(uploadedBefore) }
    }),
  )
}

/** Components with their revisions and packages. */
export async function writeComponents(tx: Tx, catalogue: DemoCatalogue, uploads: readonly Upload[]) {
  await tx.component.createMany({ data: catalogue.components.map((one) => componentRow(one, uploads)) })
  await tx.content.createMany({
    data: uploads.map(({ one, bytes, sha256, at }) => ({
      id: contentId(one),
      sha256,
      size: bytes.byteLength,
      mediaType: mediaTypes[extname(one.file)] ?? 'text/plain',
      createdAt: toDate(at),
    })),
  })
  await tx.contentChunk.createMany({
    data: uploads.map(({ one, bytes }) => ({ contentId: contentId(one), position: 0, bytes })),
  })
  await tx.componentRevision.createMany({
    data: uploads.map(({ one, at }) => ({
      id: one.revisionId,
      componentId: one.componentId,
      revision: one.ordinal,
      contentId: contentId(one),
      createdAt: toDate(at),
      createdByName: one.createdByName,
    })),
  })
  await tx.packagedComponent.createMany({ data: packageRows(catalogue) })
}

const contentId = ({ componentName, version }: DemoPackage) => demoId('content', componentName, version)

function componentRow(
  { id, accountId, type, containsProcessRoute, told }: DemoCatalogue['components'][number],
  uploads: readonly Upload[],
) {
  const own = uploads.filter(({ one }) => one.componentId === id)
  const [first] = own
  const last = own.at(-1)
  if (!first || !last) throw new Error(`${told.name} has no content`)
  return {
    id,
    accountId,
    name: told.name,
    type,
    folder: told.folder,
    containsProcessRoute,
    currentRevision: last.one.ordinal,
    createdAt: toDate(first.one.createdAt.subtract(createdBefore)),
    createdByName: first.one.createdByName,
    changedAt: toDate(last.at),
  }
}

function packageRows({ packages, components }: DemoCatalogue) {
  const toldOf = new Map(components.map(({ id, told }) => [id, told]))
  return packages.map((one) => ({
    id: one.id,
    accountId: publisherId,
    componentId: one.componentId,
    revisionId: one.revisionId,
    ordinal: one.ordinal,
    version: one.version,
    componentName: one.componentName,
    componentType: toldOf.get(one.componentId)?.type ?? 'process',
    folder: toldOf.get(one.componentId)?.folder ?? '',
    notes: one.notes,
    shareable: one.shareable,
    createdAt: toDate(one.createdAt),
    createdByName: one.createdByName,
    ...(one.isDeleted && { deletedAt: toDate(deletedAt(one)), deletedByName: one.createdByName }),
  }))
}

/** Mistakes were noticed soon. */
const deletedAt = ({ createdAt }: DemoPackage) => createdAt.add({ minutes: 25 })

/** What the audit log says of components and packages. */
export function componentEvents(catalogue: DemoCatalogue, uploads: readonly Upload[]): AuditedEvent[] {
  return uploads.flatMap(({ one, bytes, sha256, at }) => {
    const { componentId, version, notes, shareable, ordinal } = one
    const common = { accountId: publisherId, author: { id: one.createdById, name: one.createdByName } }
    const ofComponent = { ...common, objectType: 'component', objectId: componentId } as const
    const ofPackage = { ...common, objectType: 'packaged-component', objectId: one.id } as const
    const told = catalogue.components.find(({ id }) => id === componentId)?.told
    const created: AuditedEvent = {
      ...ofComponent,
      at: one.createdAt.subtract(createdBefore),
      action: 'as.component ADD',
      after: { name: one.componentName, type: told?.type ?? null, folder: told?.folder ?? null },
    }
    const uploaded: AuditedEvent = {
      ...ofComponent,
      at,
      action: 'as.component.content UPDATE',
      after: { revision: ordinal, sha256, size: bytes.byteLength },
    }
    const packaged: AuditedEvent = {
      ...ofPackage,
      at: one.createdAt,
      action: 'as.packaged.component ADD',
      after: { componentId, version, notes, shareable },
    }
    const deleted: AuditedEvent = { ...ofPackage, at: deletedAt(one), action: 'as.packaged.component DELETE' }
    return [...(ordinal === 1 ? [created] : []), uploaded, packaged, ...(one.isDeleted ? [deleted] : [])]
  })
}
