import { defineConfig } from 'prisma/config'

// `prisma generate` would download a schema engine it does not need; any existing file keeps it from doing so.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'schema.prisma', migrations: { path: 'migrations' } })
