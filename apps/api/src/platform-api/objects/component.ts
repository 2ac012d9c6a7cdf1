import {
  componentTypeTable,
  type ComponentType,
} from '@packline/domain/packaged-components/component-type.ts'
import { componentRefusals } from '../../features/components/components.refusals.ts'
import { createComponent } from '../../features/components/create-component.ts'
import { editComponent } from '../../features/components/edit-component.ts'
import { addContent } from '../../features/components/upload-content.ts'
import { badData } from '../codec/bad-data.ts'
import { readXml } from '../codec/read-xml.ts'
import { attribute, type Content, content, shape, type Value, type ValueOf } from '../codec/shape.ts'
import type { Row } from '../query/source.views.ts'
import { absent } from './absent.ts'
import { components, contentLimit, readContentTexts } from './component.views.ts'
import {
  platformObject,
  type ReadContext,
  refusedBecause,
  type WriteContext,
  type Written,
} from './platform-object.ts'
import { required, uuidOf } from './request-fields.ts'
import { rowToValue } from './row-to-value.ts'

const componentShape = shape('Component', {
  componentId: attribute.text,
  version: attribute.integer,
  name: attribute.text,
  type: attribute.text,
  folderFullPath: attribute.text,
  createdDate: attribute.dateTime,
  createdBy: attribute.text,
  modifiedDate: attribute.dateTime,
  modifiedBy: attribute.text,
  deleted: attribute.boolean,
  currentVersion: attribute.boolean,
  object: content,
})
type Context = WriteContext<ValueOf<typeof componentShape>>

/** What gets packaged. Its content is XML inside `object`, or text where it is no XML. */
export const component = platformObject({
  shape: componentShape,
  bodyLimit: contentLimit + 1024 * 1024,
  reading: {
    action: 'view-components',
    source: components,
    get: true,
    query: false,
    rowsOf: ({ componentId }) => [{ table: 'Component', where: { id: String(componentId) } }],
    finish: withContents,
  },
  create: {
    action: 'create-component',
    run: async (context) => {
      const { tx, actor, now, body } = context
      if (!body.object) throw badData('object is missing. Send the content of the component in it.')
      const draft = {
        name: required(body.name, 'name'),
        type: typeOf(body.type),
        folder: body.folderFullPath ?? '',
        containsProcessRoute: false,
      }
      const outcome = await createComponent(tx, actor, now, draft)
      if (outcome.kind === 'refused') {
        return refusedBecause({ code: outcome.reason, ...componentRefusals[outcome.reason] })
      }
      return upload(context, outcome.componentId, body.object)
    },
  },
  update: { action: 'upload-component', run: update },
})

function typeOf(text: string | undefined): ComponentType {
  const given = required(text, 'type').trim().toLowerCase()
  const types = Object.keys(componentTypeTable)
  if (isComponentType(given)) return given
  throw badData(`type is one of ${types.join(', ')}, not "${given.slice(0, 50)}".`)
}

const isComponentType = (text: string): text is ComponentType => Object.hasOwn(componentTypeTable, text)

async function update(context: Context): Promise<Written> {
  const { tx, actor, now, id, body } = context
  const componentId = uuidOf(id, 'id')
  const changes = {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.folderFullPath !== undefined && { folder: body.folderFullPath }),
  }
  const edited = await editComponent(tx, actor, now, { componentId, changes })
  if (edited.kind === 'refused') {
    return edited.reason === 'component-not-found'
      ? absent('Component', id)
      : refusedBecause({ code: edited.reason, ...componentRefusals[edited.reason] })
  }
  return body.object ? upload(context, componentId, body.object) : { kind: 'saved', id: componentId }
}

/** The same content again makes no new revision. */
async function upload({ tx, actor, now }: Context, componentId: string, object: Content): Promise<Written> {
  const [text, mediaType] = 'xml' in object ? [object.xml, 'application/xml'] : [object.text, 'text/plain']
  const bytes = Buffer.from(text, 'utf8')
  const outcome = await addContent(tx, actor, { componentId, bytes, mediaType, limit: contentLimit }, now)
  if (outcome.kind !== 'refused') return { kind: 'saved', id: componentId }
  return outcome.reason === 'component-not-found'
    ? absent('Component', componentId)
    : refusedBecause({ code: outcome.reason, ...componentRefusals[outcome.reason] })
}

/** All contents come in one answer, so together they keep to the limit of one. */
async function withContents(rows: readonly Row[], { db }: ReadContext): Promise<readonly Value[]> {
  const size = rows.reduce((sum, row) => sum + Number(row['contentSize']), 0)
  if (size > contentLimit) {
    throw badData(
      rows.length > 1
        ? 'The contents of these components are too large together. Ask for fewer of them at once.'
        : 'The content of this component is too large for this API. Download it in the console.',
    )
  }
  const contentIds = rows.map((row) => String(row['contentId']))
  const texts = await readContentTexts(db, contentIds)
  return rows.map((row) => {
    const text = texts.get(String(row['contentId']))
    if (text === undefined) {
      throw badData('The content of this component is no text. Download it in the console.')
    }
    return { ...rowToValue(componentShape, row), object: isXml(text) ? { xml: text } : { text } }
  })
}

function isXml(text: string): boolean {
  if (!text.trimStart().startsWith('<')) return false
  try {
    readXml(text.replace(/^\ufeff?\s*<\?xml[^>]*\?>/, ''))
    return true
  } catch {
    return false
  }
}
