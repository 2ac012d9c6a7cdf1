import type { ComponentType } from '../packaged-components/component-type.ts'

export type ListenerStatus = 'RUNNING' | 'PAUSED'

type Asked = { type: ComponentType; asked: string | undefined; former: ListenerStatus | null }

/**
 * Whether the listener in a package runs or pauses once it is deployed: as asked for, otherwise as the deployment before
 * left it, otherwise it runs. An API Service always listens and a process may; nothing else does, so that it has none.
 */
export function listenerStatusOf({ type, asked = '', former }: Asked): ListenerStatus | null {
  if (type !== 'webservice' && type !== 'process') return null
  const text = asked.trim().toUpperCase()
  if (text === 'RUNNING' || text === 'PAUSED') return text
  return former ?? (type === 'webservice' ? 'RUNNING' : null)
}
