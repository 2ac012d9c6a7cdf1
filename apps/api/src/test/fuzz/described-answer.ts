import { Ajv, type ValidateFunction } from 'ajv'
import { nameOf, type Route } from '../route-probes.ts'

/** Reads answers against the schemas that the API's own description has for them. */
export function compileDescribed() {
  const ajv = new Ajv({ strict: false, validateFormats: false })
  const validators = new Map<string, ValidateFunction | undefined>()

  function validatorOf(route: Route, status: number) {
    const key = `${nameOf(route)} ${status}`
    if (!validators.has(key)) {
      const { responses } = route.operation
      const described = responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`]
      const schema = described?.content?.['application/json']?.schema
      validators.set(key, schema === undefined ? undefined : ajv.compile(withNull(schema) as object))
    }
    return validators.get(key)
  }

  return (route: Route, status: number, value: unknown): string[] => {
    const validate = validatorOf(route, status)
    if (!validate) return ['is not described']
    return validate(value) ? [] : [ajv.errorsText(validate.errors)]
  }
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type of its own. */
function withNull(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withNull)
  if (typeof schema !== 'object' || schema === null) return schema
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(schema).map(([key, part]) => [key, withNull(part)]),
  )
  return nullable === true ? { anyOf: [rest, { type: 'null' }] } : rest
}
