import { IconSettings } from '@tabler/icons-react'
import { Disclosure } from '../../ui/disclosure.tsx'
import { DisclosureItem } from '../../ui/disclosure-item.tsx'

type RowActionsProps = { name: string; acts: readonly (readonly [words: string, act: () => void])[] }

/** The gear of a row. */
export function RowActions({ name, acts }: RowActionsProps) {
  return (
    <Disclosure label={`Actions for ${name}`} side="start" trigger={<IconSettings size={18} aria-hidden />}>
      {(close) =>
        acts.map(([words, act]) => (
          <DisclosureItem
            key={words}
            onClick={() => {
              close()
              act()
            }}
          >
            {words}
          </DisclosureItem>
        ))
      }
    </Disclosure>
  )
}
