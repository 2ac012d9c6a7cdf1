import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaPg } from '@prisma/adapter-pg'
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

let loaded: Promise<void> | undefined

/**
 * Prisma's own migration engine as WebAssembly: the command-line tool would download a binary first. The engine leaves
 * its connections open; `close` ends them, because nobody can copy or drop a database that somebody is connected to.
 */
export async function openSchemaEngine(url: string, schema: string) {
  // The bindings keep their state beside the module: with a second instance, each would write in the other's memory.
  await (loaded ??= loadModule())
  const pool = new pg.Pool({ connectionString: url })
  const adapter = bindMigrationAwareSqlAdapterFactory(wholeScripts(new PrismaPg(pool)))
  const datamodels: [string, string][] = [['schema.prisma', schema]]
  const engine = await engineModule.SchemaEngine.new({ datamodels }, () => undefined, adapter)
  return { engine, close: () => pool.end() }
}

/** By hand, because Node imports no `.wasm` files. */
async function loadModule() {
  const wasmFile = new URL('./schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm'))
  const wasm = await WebAssembly.instantiate(await readFile(fileURLToPath(wasmFile)), {
    './schema_engine_bg.js': { ...engineModule },
  })
  // The package's types leave out what its own loader calls.
  const { __wbg_set_wasm: connectBindings } = engineModule as unknown as {
    __wbg_set_wasm: (exports: unknown) => void
  }
  const { __wbindgen_start: begin } = wasm.instance.exports as { __wbindgen_start: () => void }
  connectBindings(wasm.instance.exports)
  begin()
}

/**
 * The adapter cuts a script at every semicolon, also inside the body of a function. Sent whole, the statements of a
 * migration also run as one transaction, so that a migration which fails leaves nothing behind.
 */
function wholeScripts(factory: PrismaPg) {
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const connection = await connect()
    connection.executeScript = async (script) => {
      await connection.underlyingDriver().query(script)
    }
    return connection
  }
  return factory
}
