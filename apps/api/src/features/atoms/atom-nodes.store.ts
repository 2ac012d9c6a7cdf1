import type { Tx } from '@packline/database/client.ts'
import type { AtomType } from '@packline/domain/atoms/atom-status.ts'
import { atomTypeTable } from '@packline/domain/atoms/atom-status.ts'
import { z } from 'zod'

export type NewNode = {
  atomId: string
  type: AtomType
  name: string
  credentialHash: Uint8Array
  agentVersion: string
  address: string
}

const nodeId = z.tuple([z.object({ id: z.uuid() })])

/**
 * Registers a node, which has been heard from with that. The node of an Atom that has only one takes the place of
 * the one before, whose credential ends; so do nodes from before there were credentials.
 */
export async function insertNode(tx: Tx, node: NewNode): Promise<string> {
  const replacesAll = !atomTypeTable[node.type].hasSeveralNodes
  const rows = await tx.$queryRaw`
    with replaced as (
      delete from "AtomNode"
      where "atomId" = ${node.atomId}::uuid and (${replacesAll} or "credentialHash" is null))
    insert into "AtomNode" (id, "atomId", name, "credentialHash", "agentVersion", address, "registeredAt", "lastSeenAt")
    values (new_id(), ${node.atomId}::uuid, ${node.name}, ${node.credentialHash}, ${node.agentVersion},
      ${node.address}, now(), now())
    returning id`
  const [{ id }] = nodeId.parse(rows)
  return id
}

/** Ends a node's credential with the node; its name, or undefined when the Atom has no such node. */
export async function deleteNode(tx: Tx, atomId: string, id: string): Promise<string | undefined> {
  const rows = await tx.$queryRaw`
    delete from "AtomNode" where id = ${id}::uuid and "atomId" = ${atomId}::uuid returning name`
  return z.array(z.object({ name: z.string() })).parse(rows)[0]?.name
}
