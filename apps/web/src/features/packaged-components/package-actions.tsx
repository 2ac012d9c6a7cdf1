import type { PackageView } from '@packline/contract/packaged-components.ts'
import { IconSettings } from '@tabler/icons-react'
import { api } from '../../api.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { DisclosureItem } from '../../ui/disclosure-item.tsx'
import { nameOf } from './package-words.ts'

/** What was chosen to do with one package. */
export type PackageAct = { kind: 'details' | 'history' | 'compare' | 'delete' | 'restore'; one: PackageView }

type PackageActionsProps = { one: PackageView; onAct: (act: PackageAct) => void }

/** The gear of a row. */
export function PackageActions({ one, onAct }: PackageActionsProps) {
  const acts: [PackageAct['kind'], string][] = [
    ['details', 'View details'],
    ['history', 'Version history'],
    ['compare', 'Compare two versions'],
    one.status === 'active'
      ? ['delete', 'Delete Packaged Component']
      : ['restore', 'Restore Packaged Component'],
  ]
  return (
    <Disclosure
      label={`Actions for ${nameOf(one)}`}
      side="start"
      trigger={<IconSettings size={18} aria-hidden />}
    >
      {(close) => (
        <>
          {acts.map(([kind, words]) => (
            <DisclosureItem
              key={kind}
              onClick={() => {
                close()
                onAct({ kind, one })
              }}
            >
              {words}
            </DisclosureItem>
          ))}
          <DisclosureItem href={api.downloadPackageUrl(one.id)} onClick={close}>
            Download
          </DisclosureItem>
        </>
      )}
    </Disclosure>
  )
}
