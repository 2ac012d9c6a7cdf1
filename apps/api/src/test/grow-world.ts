import type { Database } from '@packline/database/client.ts'
import type { World } from './world.ts'

/** Columns in which a copy differs, as SQL on the row `t` that is copied and the number `n` of the copy. */
type Changes = Record<string, string>
type Growth = {
  world: World
  copy: (table: string, where: string, changes: Changes) => Promise<unknown>
  /** For each number `n`. */
  run: (statement: string) => Promise<unknown>
}

/**
 * Adds more of everything that the world has one of, copies with the numbers from one to the other, wherever a screen
 * or a script can list it. By SQL: a score of everything through the API would take minutes.
 */
export async function growWorld(db: Database, world: World, [from, until]: readonly [number, number]) {
  const numbers = `generate_series(${from}, ${until}) n`
  const growth: Growth = {
    world,
    copy: (table, where, changes) => {
      const pairs = Object.entries(changes).map(([column, value]) => `'${column}', ${value}`)
      return db.$executeRawUnsafe(`
        insert into "${table}"
        select (jsonb_populate_record(null::"${table}", to_jsonb(t) || jsonb_build_object(${pairs.join(', ')}))).*
        from "${table}" t, ${numbers} where ${where}`)
    },
    run: (statement) => db.$executeRawUnsafe(statement.replaceAll('each n', numbers)),
  }
  await growPacks(growth)
  await growContents(growth)
  await growPeople(growth)
  await growGroups(growth)
  await growRunning(growth)
  await growInstallBase(growth)
  await growToldThings(growth)
}

const newId = 'gen_random_uuid()'
const newHash = `'\\x' || md5(gen_random_uuid()::text)`
const renamed = { name: `t.name || ' copy ' || n` }
const is = (id: string, column = 'id') => `t."${column}" = '${id}'`

/** The id of the copy `n` of that kind of thing, marked as a UUID of version 4. */
const idOf = (kind: string, { ownId }: World) =>
  `overlay(overlay(md5('${kind} ${ownId} ' || n) placing '4' from 13) placing '8' from 17)::uuid`
/** The account `n` that the world's own manages. */
const managedBy = ({ ownId }: World) => `'${ownId}-managed-' || n`

async function growPacks(growth: Growth) {
  const { world, copy } = growth
  const { packId, releaseId, currentReleaseId, installedPackId } = world.ids
  await copyPack(growth, packId, 'pack')
  await copyPack(growth, installedPackId, 'installed pack')
  await copy('AccountGroupPack', is(installedPackId, 'packId'), { packId: idOf('installed pack', world) })
  const release = { id: newId, requestId: newId }
  await copy('Release', is(currentReleaseId), { ...release, sequence: '100 + n' })
  const yesterday = `app_now() - interval '1 day'`
  await copy('Release', is(releaseId), {
    ...release,
    sequence: '200 + n',
    status: `'SUCCESS'`,
    dueAt: yesterday,
    startedAt: yesterday,
    finishedAt: yesterday,
  })
}

/** Packs like that one, each with a current release and a scheduled one. */
async function copyPack({ world, copy, run }: Growth, packId: string, kind: string) {
  const [pack, current, next] = [
    idOf(kind, world),
    idOf(`${kind} current`, world),
    idOf(`${kind} next`, world),
  ]
  const currentOf = `(select "currentReleaseId" from "IntegrationPack" where id = '${packId}')`
  await copy('IntegrationPack', is(packId), { ...renamed, id: pack, currentReleaseId: 'null' })
  await copy('PackItem', is(packId, 'packId'), { packId: pack })
  const release = { requestId: newId, packId: pack }
  await copy('Release', `t.id = ${currentOf}`, { ...release, id: current })
  await copy('ReleaseItem', `t."releaseId" = ${currentOf}`, { releaseId: current })
  await copy('Release', is(world.ids.releaseId), { ...release, id: next, previousReleaseId: current })
  await copy('ReleaseItem', is(world.ids.releaseId, 'releaseId'), { releaseId: next })
  await run(`update "IntegrationPack" set "currentReleaseId" = ${current} from each n where id = ${pack}`)
}

/** Components in folders, with revisions and packages, and all of them in the world's pack and its releases. */
async function growContents({ world, copy }: Growth) {
  const { componentId, packageId, packId, releaseId, currentReleaseId } = world.ids
  const [component, revision, packaged] = [
    idOf('component', world),
    idOf('revision', world),
    idOf('package', world),
  ]
  await copy('Component', is(componentId), { ...renamed, id: component, folder: `'Folder ' || n` })
  const first = `${is(componentId, 'componentId')} and t.revision = 1`
  await copy('ComponentRevision', first, { id: revision, componentId: component })
  await copy('ComponentRevision', first, { id: newId, revision: '100 + n' })
  const place = { componentId: component, revisionId: revision, componentName: `t."componentName" || n` }
  await copy('PackagedComponent', is(packageId), { ...place, id: packaged })
  await copy('PackagedComponent', is(packageId), { id: newId, ordinal: '100 + n', version: `n || '.1'` })
  const inPack = { componentId: component, pendingPackageId: packaged }
  await copy('PackItem', `${is(packId, 'packId')} and ${is(componentId, 'componentId')}`, inPack)
  for (const id of [releaseId, currentReleaseId])
    await copy('ReleaseItem', `${is(id, 'releaseId')} and ${is(componentId, 'componentId')}`, {
      componentId: component,
      packageId: packaged,
    })
}

/** Users and roles of the account, each of them with all of the others, and what they come in by. */
async function growPeople({ world, copy }: Growth) {
  const { userId, roleId, invitationId, sessionId, tokenId } = world.ids
  const [user, role] = [idOf('user', world), idOf('role', world)]
  await copy('User', is(userId), { id: user, email: `n || t.email` })
  await copy('Role', is(roleId), { ...renamed, id: role })
  await copy('Role', is(roleId), { id: newId, name: `'Child ' || n`, parentRoleId: `'${roleId}'` })
  await copy('Membership', `${is(userId, 'userId')} and ${is(roleId, 'roleId')}`, { userId: user })
  await copy('Membership', `${is(userId, 'userId')} and ${is(roleId, 'roleId')}`, { roleId: role })
  await copy('Invitation', is(invitationId), { id: newId, tokenHash: newHash, email: 'n || t.email' })
  await copy('Session', is(sessionId), { id: newId, tokenHash: newHash })
  await copy('ApiToken', is(tokenId), { ...renamed, id: newId, tokenHash: newHash })
}

/** Managed accounts, and groups: the world's own with half of all accounts, packs and users, the others with its one. */
async function growGroups({ world, copy, run }: Growth) {
  const { accountId, groupId, packId, userId, roleId } = world.ids
  const [group, managed] = [idOf('group', world), managedBy(world)]
  await copy('Account', is(accountId), { ...renamed, id: managed })
  const { userId: adminId } = world.admin
  await copy('Membership', `${is(adminId, 'userId')} and ${is(world.ownId, 'accountId')}`, {
    accountId: managed,
  })
  await copy('AccountGroup', is(groupId), { ...renamed, id: group, isDefault: 'false' })
  const members = {
    Account: ['accountId', `'${accountId}'`, managed],
    Pack: ['packId', `'${packId}'::uuid`, idOf('pack', world)],
    Role: ['roleId', `'${roleId}'::uuid`, idOf('role', world)],
  }
  for (const [kind, [column, original, added]] of Object.entries(members))
    await run(`
      insert into "AccountGroup${kind}" ("groupId", "${column}")
      select '${groupId}'::uuid, ${added} from each n where n % 2 = 0 union select ${group}, ${original} from each n`)
  await run(`
    insert into "AccountGroupUser" ("groupId", "userId", "roleId")
    select '${groupId}'::uuid, ${idOf('user', world)}, '${roleId}'::uuid from each n where n % 2 = 0
    union select ${group}, '${userId}'::uuid, '${roleId}'::uuid from each n`)
}

/** What the account itself runs: environments and Atoms with nodes, and every installed pack in each of two places. */
async function growRunning({ world, copy, run }: Growth) {
  const { environmentId, atomId, nodeId, installationId, attachmentId } = world.ids
  const [environment, installation, pack] = [
    idOf('environment', world),
    idOf('installation', world),
    idOf('installed pack', world),
  ]
  await copy('Environment', is(environmentId), { ...renamed, id: environment })
  await copy('Atom', is(atomId), { ...renamed, id: idOf('atom', world) })
  await copy('AtomNode', is(nodeId), { id: newId, atomId: idOf('atom', world), credentialHash: 'null' })
  await copy('AtomNode', is(nodeId), { ...renamed, id: newId, credentialHash: 'null' })
  const releaseId = idOf('installed pack current', world)
  await copy('Installation', is(installationId), {
    ...renamed,
    id: installation,
    packId: pack,
    lastDeliveredReleaseId: releaseId,
  })
  const attached = { installationId: installation, packId: pack, releaseId }
  await copy('Attachment', is(attachmentId), { ...attached, id: idOf('attachment', world) })
  await copy('Attachment', is(attachmentId), { ...attached, id: newId, environmentId: `'${environmentId}'` })
  await copy('Attachment', is(attachmentId), { id: newId, environmentId: environment })
  const deployed = { id: newId, attachmentId: idOf('attachment', world) }
  await copy('DeployedPackage', is(attachmentId, 'attachmentId'), deployed)
  await run(`
    insert into "CloudAccount" ("atomId", "accountId")
    select '${atomId}'::uuid, ${managedBy(world)} from each n`)
}

/** Who has the world's pack: a managed account each, with an Atom that has the current release and may have the next. */
async function growInstallBase({ world, copy, run }: Growth) {
  const { environmentId, atomId, nodeId, packId, currentReleaseId, releaseId, installationId, attachmentId } =
    world.ids
  const [environment, atom, node] = [idOf('place', world), idOf('runtime', world), idOf('node', world)]
  const [installation, attachment] = [idOf('customer', world), idOf('delivery', world)]
  const accountId = managedBy(world)
  await copy('Environment', is(environmentId), { id: environment, accountId, atomCount: '0' })
  await copy('Atom', is(atomId), {
    id: atom,
    accountId,
    environmentId: environment,
    type: `'ATOM'`,
    nodeCount: '0',
  })
  await copy('AtomNode', is(nodeId), { id: node, atomId: atom, credentialHash: 'null' })
  await copy('Installation', is(installationId), {
    id: installation,
    accountId,
    packId: `'${packId}'`,
    lastDeliveredReleaseId: `'${currentReleaseId}'`,
  })
  await copy('Attachment', is(attachmentId), {
    id: attachment,
    installationId: installation,
    accountId,
    environmentId: environment,
    packId: `'${packId}'`,
    releaseId: `'${currentReleaseId}'`,
  })
  await run(`
    insert into "ReleaseTarget" ("releaseId", "attachmentId", "accountId", "fromReleaseId", "fromNumber", "toNumber", how,
      "appliedAt")
    select release, ${attachment}, ${accountId}, '${currentReleaseId}', 1, 2, 'MANUAL', app_now()
    from each n, unnest(array['${releaseId}', '${currentReleaseId}']::uuid[]) release`)
  await run(`
    insert into "Delivery" ("attachmentId", "nodeId", "releaseId", "atomId", "accountId", "changedAt")
    select ${attachment}, ${node}, '${releaseId}', ${atom}, ${accountId}, app_now() from each n`)
}

async function growToldThings({ world, copy }: Growth) {
  const { webhookId, deliveryId, noticeId, entryId } = world.ids
  const [event, eventKey] = [idOf('event', world), `'${world.canary} ' || n`]
  await copy('Webhook', is(webhookId), { id: newId })
  await copy('WebhookDelivery', is(deliveryId), { id: newId, eventKey })
  await copy('Event', is(world.canary, 'key'), { id: event, key: eventKey })
  await copy('Notice', is(noticeId), { id: newId, calendarKey: newId, eventId: event })
  await copy('AuditEntry', is(entryId), {
    id: newId,
    actorName: `'Person ' || n`,
    actorId: idOf('user', world),
    at: `t.at + n * interval '1 second'`,
  })
}
