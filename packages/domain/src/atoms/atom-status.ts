/** An Atom that was not heard from for so long is offline (D-19). */
export const silenceLimitSeconds = 90

export type AtomType = 'ATOM' | 'MOLECULE' | 'CLOUD'
export type NodeStatus = 'UNKNOWN' | 'ONLINE' | 'OFFLINE'
export type AtomStatus = NodeStatus | 'WARNING'

/** A node's status from how long it has been silent; null when it was never heard from. */
export function nodeStatus(secondsSilent: number | null): NodeStatus {
  if (secondsSilent === null) return 'UNKNOWN'
  return secondsSilent < silenceLimitSeconds ? 'ONLINE' : 'OFFLINE'
}

/**
 * The status of an Atom with these nodes: unknown until one is heard from, a warning when only some are online, as for
 * a Molecule of which one node is away.
 */
export function atomStatus(secondsSilent: readonly (number | null)[]): AtomStatus {
  const nodes = secondsSilent.map(nodeStatus)
  if (nodes.every((status) => status === 'UNKNOWN')) return 'UNKNOWN'
  if (nodes.every((status) => status === 'ONLINE')) return 'ONLINE'
  return nodes.includes('ONLINE') ? 'WARNING' : 'OFFLINE'
}

export const atomTypeTable: Record<AtomType, { label: string; hasSeveralNodes: boolean }> = {
  ATOM: { label: 'Atom', hasSeveralNodes: false },
  MOLECULE: { label: 'Molecule', hasSeveralNodes: true },
  CLOUD: { label: 'Atom Cloud', hasSeveralNodes: true },
}
