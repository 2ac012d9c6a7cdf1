export type ScalarType = 'text' | 'integer' | 'boolean' | 'date-time'

/** A scalar is an attribute of its object's XML element, or a child element; in JSON that makes no difference. */
export type ScalarField = { as: 'attribute' | 'element'; type: ScalarType }
export type Field =
  | ScalarField
  | { as: 'texts' }
  /** XML of somebody else's, taken over as it is; in JSON its text. */
  | { as: 'content' }
  | { as: 'object'; shape: Shape }
  | { as: 'list'; shape: Shape }

/** What one object of the Platform API looks like, in JSON and in XML. The order of the fields is the order written. */
export type Shape = { name: string; fields: Readonly<Record<string, Field>> }

type ScalarOf<Type> = Type extends 'integer' ? number : Type extends 'boolean' ? boolean : string
type FieldValue<F> = F extends { as: 'list'; shape: infer S extends Shape }
  ? readonly ValueOf<S>[]
  : F extends { as: 'object'; shape: infer S extends Shape }
    ? ValueOf<S>
    : F extends { as: 'texts' }
      ? readonly string[]
      : F extends { as: 'content' }
        ? Content
        : F extends { type: infer Type }
          ? ScalarOf<Type>
          : never

/** What an element holds: one element that stands by itself, or plain text. */
export type Content = { xml: string } | { text: string }

/** The one inner form of an object: what is read from JSON or XML, and what is written as either. */
export type ValueOf<S extends Shape> = {
  readonly [Name in keyof S['fields']]?: FieldValue<S['fields'][Name]> | undefined
}
/** A value whose shape is known at run time only. */
export type Value = Readonly<Record<string, unknown>>

export const shape = <const Fields extends Shape['fields']>(name: string, fields: Fields) => ({
  name,
  fields,
})

const scalars = <As extends 'attribute' | 'element'>(as: As) => ({
  text: { as, type: 'text' } as const,
  integer: { as, type: 'integer' } as const,
  boolean: { as, type: 'boolean' } as const,
  dateTime: { as, type: 'date-time' } as const,
})
export const attribute = scalars('attribute')
export const element = scalars('element')
export const texts = { as: 'texts' } as const
export const content = { as: 'content' } as const
export const objectOf = <const S extends Shape>(of: S) => ({ as: 'object', shape: of }) as const
export const listOf = <const S extends Shape>(of: S) => ({ as: 'list', shape: of }) as const
